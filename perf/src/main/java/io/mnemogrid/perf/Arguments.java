package io.mnemogrid.perf;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A command line: a directory, and then options of one value each, in any order. */
public final class Arguments {
  private static final int EXIT_USAGE = 64;

  private final Path directory;
  private final Map<String, String> options;
  private final Set<String> concealed;

  private Arguments(Path directory, Map<String, String> options, Set<String> concealed) {
    this.directory = directory;
    this.options = options;
    this.concealed = concealed;
  }

  /**
   * Reads a command line.
   *
   * @param shown names of options, with their dashes, that reports repeat
   * @param concealed names of those whose values are secret, or mean something on this machine
   *     alone
   * @throws IllegalArgumentException if it is not of this form or has another option
   */
  public static Arguments parse(Set<String> shown, Set<String> concealed, String... args) {
    if (args.length % 2 == 0) {
      throw new IllegalArgumentException(
          "a directory, and options with one value each, are wanted");
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (int i = 1; i < args.length; i += 2) {
      if (!shown.contains(args[i]) && !concealed.contains(args[i])) {
        throw new IllegalArgumentException("unknown option " + args[i]);
      }
      options.put(args[i], args[i + 1]);
    }
    return new Arguments(Path.of(args[0]), options, concealed);
  }

  /**
   * What is read from a command line; if it is not as it should be, says why and how it should be,
   * and ends the program with {@value #EXIT_USAGE}.
   */
  public static <T> T readOrExit(String usage, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + usage);
      System.exit(EXIT_USAGE);
      throw e;
    }
  }

  public Path directory() {
    return directory;
  }

  public boolean has(String option) {
    return options.containsKey(option);
  }

  public String text(String option, String fallback) {
    return options.getOrDefault(option, fallback);
  }

  /**
   * @throws IllegalArgumentException if it is not a whole number from 1 on
   */
  public int count(String option, int fallback) {
    return has(option) ? positive(option, text(option, "")) : fallback;
  }

  /**
   * @param fallback values divided by commas, as the option has them
   * @throws IllegalArgumentException if one is not a whole number from 1 on
   */
  public List<Integer> counts(String option, String fallback) {
    return texts(option, fallback).stream().map(value -> positive(option, value)).toList();
  }

  /**
   * @param fallback values divided by commas, as the option has them
   */
  public List<String> texts(String option, String fallback) {
    return Arrays.asList(text(option, fallback).split(",", -1));
  }

  /** The options as they were given, without the values that are concealed. */
  public String shown() {
    return options.entrySet().stream()
        .map(option -> {
          String name = option.getKey();
          String value =
              concealed.contains(name) ? name.replace("--", "<") + ">" : option.getValue();
          return name + " " + value;
        })
        .collect(Collectors.joining(" "));
  }

  private static int positive(String option, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number that is too small
    }
    throw new IllegalArgumentException(
        "%s wants whole numbers from 1 on, was %s".formatted(option, value));
  }
}
