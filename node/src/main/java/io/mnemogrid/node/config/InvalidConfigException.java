package io.mnemogrid.node.config;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used. The message is the whole report: one line for each violation. */
public final class InvalidConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Violation> violations;

  public InvalidConfigException(List<Violation> violations) {
    super(report(violations), null, false, false); // for an operator: a stack trace would only hide
    this.violations = List.copyOf(violations);
  }

  public List<Violation> violations() {
    return violations;
  }

  private static String report(List<Violation> violations) {
    String heading =
        violations.size() == 1
            ? "The configuration has 1 error:"
            : "The configuration has %d errors:".formatted(violations.size());
    return violations.stream()
        .map(violation -> "\n  %s: %s".formatted(violation.key(), violation.problem()))
        .collect(Collectors.joining("", heading, ""));
  }
}
