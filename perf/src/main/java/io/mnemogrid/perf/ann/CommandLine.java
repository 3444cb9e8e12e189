package io.mnemogrid.perf.ann;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The arguments of a program here: the directory of the vectors, then options with a value each.
 */
record CommandLine(Path directory, List<Option> options) {
  private static final int EXIT_USAGE = 64;
  private static final String JAVA =
      "java @config/jvm.args -cp 'perf/target/classes:perf/target/lib/*:node/target/node.jar' ";

  record Option(String name, String value) {}

  /**
   * Splits the arguments.
   *
   * @throws IllegalArgumentException if they are not as this class says
   */
  static CommandLine parse(String... args) {
    if (args.length % 2 == 0) {
      throw new IllegalArgumentException(
          "a directory, and options with one value each, are wanted");
    }
    List<Option> options = new ArrayList<>();
    for (int i = 1; i < args.length; i += 2) {
      options.add(new Option(args[i], args[i + 1]));
    }
    return new CommandLine(Path.of(args[0]), options);
  }

  /** What the options make of {@code initial}, each applied to what the one before made. */
  <T> T applyTo(T initial, BiFunction<T, Option, T> apply) {
    T made = initial;
    for (Option option : options) {
      made = apply.apply(made, option);
    }
    return made;
  }

  /** Reads the arguments; where they cannot be, says how they should be and ends the program. */
  static <T> Optional<T> read(String[] args, Function<String[], T> parser, String usage) {
    try {
      return Optional.of(parser.apply(args));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + usage);
      System.exit(EXIT_USAGE);
      return Optional.empty();
    }
  }

  /** How to run {@code program} so again, without the folder of this machine. */
  static String command(Class<?> program, String... args) {
    String options = String.join(" ", List.of(args).subList(1, args.length));
    return (JAVA + program.getName() + " <vectors directory> " + options).strip();
  }
}
