package io.mnemogrid.node.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.history.Operation.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SingleWriterCheckTest {
  private static final String NOTHING = Operation.ABSENT;

  @Test
  void whatAReadMayShowIsNoViolation() {
    assertFound(
        read(NOTHING, 0, 1),
        write("1", 2, 5),
        read(NOTHING, 3, 4), // while it is written: either
        read("1", 3, 6),
        read("1", 6, 7),
        write("2", 8, 9),
        read("2", 10, 11),
        write(NOTHING, 12, 13),
        read(NOTHING, 14, 15),
        write("3", 16, 17),
        read("3", 18, 19));
  }

  @Test
  void anAcknowledgedWriteThatIsNeverSeenIsLost() {
    assertFound(Violation.Kind.LOST, write("1", 0, 1), read(NOTHING, 2, 3));
    assertFound(Violation.Kind.LOST, write("1", 0, 1), write("2", 2, 3), read("1", 4, 5));
  }

  @Test
  void anAcknowledgedWriteThatIsSeenOnlyLaterMakesAStaleRead() {
    assertFound(
        Violation.Kind.STALE_READ,
        write("1", 0, 1),
        write("2", 2, 3),
        read("1", 4, 5),
        read("2", 6, 7));
  }

  @Test
  void aReadThatShowsLessThanOneBeforeItIsStaleEvenWhileTheWriteIsUnderWay() {
    assertFound(
        Violation.Kind.STALE_READ,
        write("1", 0, 1),
        write("2", 2, 10),
        read("2", 3, 4),
        read("1", 5, 6),
        read("2", 11, 12));
  }

  @Test
  void whatWasDeletedAndIsThereAgainIsResurrected() {
    assertFound(
        Violation.Kind.RESURRECTED, write("1", 0, 1), write(NOTHING, 2, 3), read("1", 4, 5));
    assertFound(
        Violation.Kind.RESURRECTED,
        write("1", 0, 1),
        write(NOTHING, 2, 3),
        read(NOTHING, 4, 5),
        read("1", 6, 7),
        read(NOTHING, 8, 9));
  }

  @Test
  void whatADeleteHasNotReachedYetIsAStaleRead() {
    assertFound(
        Violation.Kind.STALE_READ,
        write("1", 0, 1),
        write(NOTHING, 2, 3),
        read("1", 4, 5),
        read(NOTHING, 6, 7));
  }

  @Test
  void whatNobodyWroteOrWasRefusedMustNotBeSeen() {
    assertFound(Violation.Kind.NEVER_WRITTEN, write("1", 0, 1), read("9", 2, 3));
    assertFound(
        Violation.Kind.NEVER_WRITTEN,
        write("1", 0, 1),
        operation(Kind.WRITE, "2", 2, 3, Outcome.REFUSED),
        read("2", 4, 5));
    assertFound(Violation.Kind.NEVER_WRITTEN, read("1", 0, 1), write("1", 2, 3));
  }

  @Test
  void aWriteOfUnknownOutcomeMayComeLateOrNeverButNotGoAgain() {
    Operation unknown = operation(Kind.WRITE, "2", 2, 3, Outcome.UNKNOWN);
    assertFound(write("1", 0, 1), unknown, read("1", 4, 5), read("2", 6, 7));
    assertFound(write("1", 0, 1), unknown, read("1", 4, 5), read("1", 6, 7));
    assertFound(Violation.Kind.LOST, write("1", 0, 1), unknown, read("2", 4, 5), read("1", 6, 7));
  }

  @Test
  void aReadWithoutAnswerShowsNothing() {
    assertFound(write("1", 0, 1), operation(Kind.READ, NOTHING, 2, 3, Outcome.UNKNOWN));
  }

  @Test
  void aWriterThatDoesNotKeepToTheRulesIsNotJudged() {
    assertThatThrownBy(
            () -> SingleWriterCheck.violations(List.of(write("1", 0, 3), write("2", 2, 5))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            SingleWriterCheck.violations(
                List.of(operation(Kind.WRITE, "1", 0, 1, Outcome.UNKNOWN), write("2", 2, 5))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A register that is one, read while it is written: each takes effect at a moment within. */
  @ParameterizedTest
  @MethodSource("seeds")
  void anAtomicRegisterIsNeverAccusedAndAPlantedStaleReadIsFound(long seed) {
    var random = new SplittableRandom(seed);
    List<Operation> operations = new ArrayList<>();
    List<Long> effects = new ArrayList<>();
    List<String> contents = new ArrayList<>(List.of(NOTHING));
    long now = 0;
    for (int i = 1; i <= 20; i++) {
      long invoked = now + random.nextLong(1, 20);
      long effect = invoked + random.nextLong(1, 20);
      now = effect + random.nextLong(1, 20);
      contents.add(random.nextInt(4) == 0 ? NOTHING : "v" + i);
      effects.add(effect);
      operations.add(write(contents.getLast(), invoked, now));
    }
    for (int i = 0; i < 100; i++) {
      long effect = random.nextLong(20, now + 100);
      long before = effects.stream().filter(written -> written < effect).count();
      operations.add(
          read(
              contents.get((int) before),
              effect - random.nextLong(1, 20),
              effect + random.nextLong(1, 20)));
    }
    Collections.shuffle(operations, new Random(seed));
    assertThat(SingleWriterCheck.violations(operations)).as("seed %d", seed).isEmpty();

    String outdated = contents.get(18).equals(NOTHING) ? contents.get(17) : contents.get(18);
    if (contents.subList(19, 21).contains(outdated)) {
      outdated = "v0";
    }
    operations.add(read(outdated, now + 200, now + 201));
    assertThat(SingleWriterCheck.violations(operations)).as("seed %d", seed).hasSize(1);
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  private static void assertFound(Operation... operations) {
    assertThat(SingleWriterCheck.violations(List.of(operations))).isEmpty();
  }

  private static void assertFound(Violation.Kind kind, Operation... operations) {
    assertThat(SingleWriterCheck.violations(List.of(operations)))
        .extracting(Violation::kind)
        .containsExactly(kind);
  }

  private static Operation write(String content, long invoked, long returned) {
    return operation(Kind.WRITE, content, invoked, returned, Outcome.OK);
  }

  private static Operation read(String content, long invoked, long returned) {
    return operation(Kind.READ, content, invoked, returned, Outcome.OK);
  }

  private static Operation operation(
      Kind kind, String content, long invoked, long returned, Outcome outcome) {
    return new Operation(kind, "key", content, "a member", invoked, returned, outcome);
  }
}
