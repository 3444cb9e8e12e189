package io.mnemogrid.node.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.history.Operation.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounterCheckTest {
  @Test
  void incrementsThatOverlapAReadMayBeSeenOrNot() {
    assertFound(increment(0, 1), increment(2, 5), read(1, 3, 4), read(2, 3, 4), read(2, 6, 7));
  }

  @Test
  void anAcknowledgedIncrementThatIsMissingIsLost() {
    assertFound(Violation.Kind.LOST, increment(0, 1), increment(2, 3), read(1, 4, 5));
  }

  @Test
  void anAcknowledgedIncrementThatIsMissingForAWhileMakesAStaleRead() {
    assertFound(
        Violation.Kind.STALE_READ, increment(0, 1), increment(2, 3), read(1, 4, 5), read(2, 6, 7));
  }

  @Test
  void anIncrementThatIsMadeTwiceIsFound() {
    assertFound(Violation.Kind.COUNTED_TWICE, increment(0, 1), increment(2, 3), read(3, 4, 5));
  }

  @Test
  void anIncrementOfUnknownOutcomeCountsOnceOrNotAtAll() {
    Operation unknown = operation(Kind.INCREMENT, "", 2, 3, Outcome.UNKNOWN);
    assertFound(increment(0, 1), unknown, read(1, 4, 5));
    assertFound(increment(0, 1), unknown, read(2, 4, 5));
    assertFound(Violation.Kind.COUNTED_TWICE, increment(0, 1), unknown, read(3, 4, 5));
  }

  @Test
  void anIncrementThatWasRefusedDoesNotCount() {
    Operation refused = operation(Kind.INCREMENT, "", 2, 3, Outcome.REFUSED);
    assertFound(Violation.Kind.COUNTED_TWICE, increment(0, 1), refused, read(2, 4, 5));
  }

  private static void assertFound(Operation... operations) {
    assertThat(CounterCheck.violations(List.of(operations))).isEmpty();
  }

  private static void assertFound(Violation.Kind kind, Operation... operations) {
    assertThat(CounterCheck.violations(List.of(operations)))
        .extracting(Violation::kind)
        .containsExactly(kind);
  }

  private static Operation increment(long invoked, long returned) {
    return operation(Kind.INCREMENT, "", invoked, returned, Outcome.OK);
  }

  private static Operation read(int shown, long invoked, long returned) {
    return operation(Kind.READ, Integer.toString(shown), invoked, returned, Outcome.OK);
  }

  private static Operation operation(
      Kind kind, String content, long invoked, long returned, Outcome outcome) {
    return new Operation(kind, "counter", content, "a member", invoked, returned, outcome);
  }
}
