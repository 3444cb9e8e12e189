package io.mnemogrid.node.history;

import io.mnemogrid.node.history.Operation.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a counter that starts from 0 and that many clients increment holds every acknowledged
 * increment, each once, whenever it is read.
 */
public final class CounterCheck {
  private CounterCheck() {}

  /**
   * All that is wrong.
   *
   * @param operations increments and reads of one key, in any order
   */
  public static List<Violation> violations(List<Operation> operations) {
    List<Violation> violations = new ArrayList<>();
    for (Operation read : operations) {
      if (read.kind() != Kind.READ || read.outcome() != Outcome.OK) {
        continue;
      }
      List<Operation> begun =
          operations.stream()
              .filter(operation -> operation.kind() == Kind.INCREMENT)
              .filter(increment -> increment.outcome() != Outcome.REFUSED)
              .filter(increment -> increment.beganBefore(read))
              .toList();
      long least =
          begun.stream()
              .filter(increment -> increment.outcome() == Outcome.OK)
              .filter(increment -> increment.endedBefore(read))
              .count();
      long shown = Long.parseLong(read.content());
      if (shown < least || shown > begun.size()) {
        violations.add(
            new Violation(
                shown < least ? below(read, operations) : Violation.Kind.COUNTED_TWICE,
                read,
                "%d to %d".formatted(least, begun.size())));
      }
    }
    return violations;
  }

  /** What was too low and is not any more, was only an old state. */
  private static Violation.Kind below(Operation read, List<Operation> operations) {
    boolean caughtUp =
        operations.stream()
            .filter(later -> later.kind() == Kind.READ && later.outcome() == Outcome.OK)
            .filter(read::endedBefore)
            .anyMatch(later ->
                Long.parseLong(later.content())
                    >= operations.stream()
                        .filter(operation -> operation.kind() == Kind.INCREMENT)
                        .filter(increment -> increment.outcome() == Outcome.OK)
                        .filter(increment -> increment.endedBefore(later))
                        .count());
    return caughtUp ? Violation.Kind.STALE_READ : Violation.Kind.LOST;
  }
}
