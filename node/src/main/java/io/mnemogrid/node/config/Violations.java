package io.mnemogrid.node.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with one section, so that an operator sees all of it at once. */
final class Violations {
  private final String section;
  private final List<Violation> found = new ArrayList<>();

  private Violations(String section) {
    this.section = section;
  }

  /** Starts the check of a section; {@code ""} for keys that stand in none. */
  static Violations in(String section) {
    return new Violations(section);
  }

  /** Notes a violation unless the condition holds. */
  void that(boolean holds, String name, String rule, Object... values) {
    if (!holds) {
      found.add(new Violation(Settings.key(section, name), rule.formatted(values)));
    }
  }

  /** Notes a violation unless {@code min <= value <= max}. */
  void range(String name, long value, long min, long max) {
    that(value >= min && value <= max, name, "must be %d..%d, was %d", min, max, value);
  }

  /** Notes a violation unless {@code min <= value <= max}. */
  void range(String name, Duration value, Duration min, Duration max) {
    that(
        Times.within(value, min, max),
        name,
        "must be %s..%s, was %s",
        Times.text(min),
        Times.text(max),
        Times.text(value));
  }

  /**
   * @throws InvalidConfigException if anything was noted
   */
  void orThrow() {
    if (!found.isEmpty()) {
      throw new InvalidConfigException(found);
    }
  }
}
