package io.mnemogrid.node.history;

import io.mnemogrid.node.history.Operation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a key that one client writes, one write after the other, is an atomic register to all
 * that read it: as Lamport defines it ("On interprocess communication", 1986), each read shows a
 * write that overlaps it or the last before it, and of two reads of which one follows the other,
 * the later does not show an earlier write.
 *
 * <p>An element of a set that is added and deleted once is such a key, too. Once the outcome of a
 * write is not known, the writer must not write the key again: that write may come at any later
 * time.
 */
public final class SingleWriterCheck {
  private static final int NONE = -1;

  /** States of the key, in their order: nothing, and then what was written and not refused. */
  private final List<Operation> writes;

  private final List<Operation> reads;
  private final Map<Operation, Integer> shown = new HashMap<>();

  private SingleWriterCheck(List<Operation> writes, List<Operation> reads) {
    this.writes = writes;
    this.reads = reads;
  }

  /**
   * All that is wrong.
   *
   * @param operations writes and reads of one key, in any order
   * @throws IllegalArgumentException if its writes overlap, or go on after an unknown outcome
   */
  public static List<Violation> violations(List<Operation> operations) {
    List<Operation> inOrder =
        operations.stream().sorted(Comparator.comparingLong(Operation::invokedNanos)).toList();
    List<Operation> writes =
        inOrder.stream()
            .filter(operation -> operation.kind() == Kind.WRITE)
            .filter(write -> write.outcome() != Outcome.REFUSED)
            .toList();
    for (int i = 1; i < writes.size(); i++) {
      Operation before = writes.get(i - 1);
      if (before.outcome() != Outcome.OK || !before.endedBefore(writes.get(i))) {
        throw new IllegalArgumentException(
            "written by two, or after an unknown outcome: %s, %s".formatted(before, writes.get(i)));
      }
    }
    List<Operation> reads =
        inOrder.stream()
            .filter(operation -> operation.kind() == Kind.READ)
            .filter(read -> read.outcome() == Outcome.OK)
            .toList();
    return new SingleWriterCheck(writes, reads).check();
  }

  private List<Violation> check() {
    List<Violation> violations = new ArrayList<>();
    for (Operation read : reads) {
      int least = Math.max(acknowledgedBefore(read), shownBefore(read));
      int state = stateShownBy(read, least);
      if (state == NONE) {
        violations.add(violation(read, least));
      } else {
        // The earliest that it may be: whatever a later read shows is then no later than needed.
        shown.put(read, state);
      }
    }
    return violations;
  }

  private int acknowledgedBefore(Operation read) {
    int last = 0;
    for (int i = 0; i < writes.size(); i++) {
      if (writes.get(i).outcome() == Outcome.OK && writes.get(i).endedBefore(read)) {
        last = i + 1;
      }
    }
    return last;
  }

  private int shownBefore(Operation read) {
    return shown.entrySet().stream()
        .filter(other -> other.getKey().endedBefore(read))
        .mapToInt(Map.Entry::getValue)
        .max()
        .orElse(0);
  }

  /** The first state from the least on that the read can have shown, or {@link #NONE}. */
  private int stateShownBy(Operation read, int least) {
    for (int state = least; state <= writes.size(); state++) {
      boolean begun = state == 0 || writes.get(state - 1).beganBefore(read);
      if (begun && contentOf(state).equals(read.content())) {
        return state;
      }
    }
    return NONE;
  }

  private Violation violation(Operation read, int least) {
    String expected =
        least == 0
            ? "nothing, or what is written at the time"
            : "%s or later, of %s".formatted(said(contentOf(least)), writes.get(least - 1));
    return new Violation(kind(read, least), read, expected);
  }

  private Violation.Kind kind(Operation read, int least) {
    if (stateShownBy(read, 0) == NONE) {
      return Violation.Kind.NEVER_WRITTEN;
    }
    boolean seenLater =
        reads.stream()
            .anyMatch(later -> read.endedBefore(later) && stateShownBy(later, least) != NONE);
    boolean deleted = contentOf(least).equals(Operation.ABSENT);
    if (deleted && (!seenLater || shownBefore(read) == least)) {
      return Violation.Kind.RESURRECTED;
    }
    return seenLater ? Violation.Kind.STALE_READ : Violation.Kind.LOST;
  }

  private String contentOf(int state) {
    return state == 0 ? Operation.ABSENT : writes.get(state - 1).content();
  }

  private static String said(String content) {
    return content.equals(Operation.ABSENT) ? "nothing" : "'" + content + "'";
  }
}
