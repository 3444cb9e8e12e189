package io.mnemogrid.node.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was given for which key, as text, and what of it could not be read. A value that cannot be
 * read is noted and its default taken, so that the rest is still checked.
 */
final class Settings {
  private final Map<String, Given> given;
  private final Set<String> known = new TreeSet<>();
  private final List<Violation> violations = new ArrayList<>();

  Settings(Map<String, Given> given) {
    this.given = Map.copyOf(given);
  }

  /**
   * One value.
   *
   * @param origin where it stands, for the operator: a variable's name, or a file and line
   */
  record Given(String text, String origin) {}

  /** The full name of a key; the section {@code ""} is the top of the file. */
  static String key(String section, String name) {
    return section.isEmpty() ? name : section + "." + name;
  }

  Section section(String name) {
    return new Section(name);
  }

  /** Keys that were asked for so far, sorted. */
  Set<String> known() {
    return known;
  }

  void note(Violation violation) {
    violations.add(violation);
  }

  /** All that is wrong, with the place each value comes from, sorted by key. */
  List<Violation> violations() {
    Stream<Violation> strangers =
        given.keySet().stream().filter(key -> !known.contains(key)).map(this::unknown);
    return Stream.concat(violations.stream().map(this::withOrigin), strangers)
        .sorted((a, b) -> a.key().compareTo(b.key()))
        .toList();
  }

  private Violation withOrigin(Violation violation) {
    Given value = given.get(violation.key());
    return value == null
        ? violation
        : new Violation(violation.key() + " (" + value.origin() + ")", violation.problem());
  }

  private Violation unknown(String key) {
    return withOrigin(new Violation(key, "is not a known key" + Spelling.advice(key, known)));
  }

  /** The keys of one section. */
  final class Section {
    private final String section;

    private Section(String section) {
      this.section = section;
    }

    /**
     * Makes the section's record.
     *
     * @param otherwise taken when the record refuses its values, which is noted
     */
    <T> T make(T otherwise, Supplier<T> make) {
      try {
        return make.get();
      } catch (InvalidConfigException e) {
        violations.addAll(e.violations());
        return otherwise;
      }
    }

    String text(String name, String otherwise) {
      return read(name, otherwise, "some text", Optional::of);
    }

    int integer(String name, int otherwise) {
      return read(name, otherwise, "a whole number", Section::parseInt);
    }

    double number(String name, double otherwise) {
      return read(name, otherwise, "a number", Section::parseDouble);
    }

    boolean flag(String name, boolean otherwise) {
      return read(
          name,
          otherwise,
          "true or false",
          text ->
              switch (text) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
              });
    }

    Duration time(String name, Duration otherwise) {
      return read(name, otherwise, "a time such as 1500ms, 3s, 10m, 24h or 7d", Times::parse);
    }

    long bytes(String name, long otherwise) {
      return read(name, otherwise, "a number of bytes such as 65536, 4MiB or 2GiB", Section::size);
    }

    /** Bytes of something that must fit an array. */
    int intBytes(String name, int otherwise) {
      return read(
          name,
          otherwise,
          "a number of bytes such as 65536 or 4MiB, below 2GiB",
          text -> size(text).filter(size -> size <= Integer.MAX_VALUE).map(Long::intValue));
    }

    <E extends Enum<E>> E choice(String name, E otherwise, List<E> choices) {
      String wanted =
          choices.stream().map(Section::spelled).collect(Collectors.joining(" or ", "", ""));
      return read(
          name,
          otherwise,
          wanted,
          text -> choices.stream().filter(choice -> spelled(choice).equals(text)).findFirst());
    }

    /** Addresses, separated by commas; one without a port has {@code defaultPort}. */
    List<HostPort> addresses(String name, List<HostPort> otherwise, int defaultPort) {
      return read(
          name, otherwise, "host:port,host:port", text -> HostPorts.parse(text, defaultPort));
    }

    private <T> T read(
        String name, T otherwise, String wanted, Function<String, Optional<T>> parse) {
      String key = key(section, name);
      known.add(key);
      Given value = given.get(key);
      if (value == null) {
        return otherwise;
      }
      Optional<T> parsed = parse.apply(value.text());
      if (parsed.isEmpty()) {
        note(new Violation(key, "must be %s, was \"%s\"".formatted(wanted, shown(value.text()))));
      }
      return parsed.orElse(otherwise);
    }

    private static String spelled(Enum<?> choice) {
      return choice.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Integer> parseInt(String text) {
      try {
        return Optional.of(Integer.valueOf(text));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    private static Optional<Double> parseDouble(String text) {
      try {
        return Optional.of(Double.valueOf(text)).filter(Double::isFinite);
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }

    private static Optional<Long> size(String text) {
      OptionalLong size = Sizes.parse(text);
      return size.isPresent() ? Optional.of(size.getAsLong()) : Optional.empty();
    }
  }

  private static String shown(String text) {
    int max = 80;
    return text.length() <= max ? text : text.substring(0, max) + "…";
  }
}
