package io.mnemogrid.vector.hnsw;

import java.util.Arrays;

/** Which slots a walk has met. Forgetting all of them is one increment. */
final class VisitedMarks {
  private char[] marks = {};
  private char now;
  private int capacity;

  void begin(int slots) {
    capacity = slots;
    if (marks.length < slots) {
      marks = new char[Math.max(slots, marks.length + (marks.length >> 1))];
      now = 0;
    }
    if (++now == 0) {
      Arrays.fill(marks, (char) 0);
      now = 1;
    }
  }

  /** Marks {@code slot}; false if it was marked, or is younger than the walk. */
  boolean mark(int slot) {
    if (slot >= capacity || marks[slot] == now) {
      return false;
    }
    marks[slot] = now;
    return true;
  }

  /** Takes back the mark that {@code slot} was given last. */
  void unmark(int slot) {
    marks[slot] = 0;
  }

  boolean contains(int slot) {
    return slot < capacity && marks[slot] == now;
  }
}
