package io.mnemogrid.vector.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts readers by epoch, so that what they may still see is not used again under them.
 *
 * <p>One word holds everything: closed flag, epoch, and the number of readers that entered in an
 * even and in an odd epoch. The epoch moves from e to e+1 only when no reader of e-1 is left. So
 * what was withdrawn from sight in epoch e is seen by nobody once the epoch is e+2: the move to e+1
 * has waited for the readers of e-1, the move to e+2 for those of e, and a reader of e+1 entered
 * after the withdrawal. Entering and leaving are one compare-and-set and one addition.
 */
public final class ReadGate {
  /** More simultaneous readers of one index than this are refused. */
  public static final int MOST_READERS = 0xFFFF;

  private static final int COUNT_BITS = 16;
  private static final int EPOCH_SHIFT = 2 * COUNT_BITS;
  private static final long EPOCH_MASK = 0x7FFF_FFFFL;
  private static final long COUNTS_MASK = (1L << EPOCH_SHIFT) - 1;
  private static final long CLOSED = 1L << 63;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(ReadGate.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("FieldMayBeFinal") // written through STATE
  private volatile long state;

  /**
   * Lets a reader in.
   *
   * @return a ticket to leave with, or -1 if the gate is closed
   */
  public int enter() {
    while (true) {
      long now = state;
      if ((now & CLOSED) != 0) {
        return -1;
      }
      int parity = epochOf(now) & 1;
      if (count(now, parity) == MOST_READERS) {
        throw new IllegalStateException("more than %d readers at once".formatted(MOST_READERS));
      }
      if (STATE.compareAndSet(this, now, now + one(parity))) {
        return parity;
      }
    }
  }

  /**
   * Lets a reader out.
   *
   * @return whether the caller was the last one out of a closed gate and has to free everything
   */
  public boolean leave(int ticket) {
    long before = (long) STATE.getAndAdd(this, -one(ticket));
    long after = before - one(ticket);
    return (after & CLOSED) != 0 && (after & COUNTS_MASK) == 0;
  }

  /**
   * Lets the epoch move as far as present readers allow, at most the two steps anybody waits for.
   */
  public void advance() {
    for (int i = 0; i < 2; i++) {
      long now = state;
      int epoch = epochOf(now);
      if ((now & CLOSED) != 0 || count(now, (epoch + 1) & 1) != 0) {
        return;
      }
      long next = (now & COUNTS_MASK) | (((epoch + 1) & EPOCH_MASK) << EPOCH_SHIFT);
      STATE.compareAndSet(this, now, next); // lost to another thread: that one made the step
    }
  }

  /** Stamp for what has just been withdrawn. */
  public int epoch() {
    return epochOf(state);
  }

  /** Whether no reader is left that entered before {@code stamp} was taken. */
  public boolean isPast(int stamp) {
    return ((epochOf(state) - stamp) & EPOCH_MASK) >= 2;
  }

  public boolean isClosed() {
    return (state & CLOSED) != 0;
  }

  /**
   * Lets no further reader in.
   *
   * @return whether the caller closed the gate and no reader is inside, so that it has to free
   *     everything; false for every later call
   */
  public boolean close() {
    while (true) {
      long now = state;
      if ((now & CLOSED) != 0) {
        return false;
      }
      if (STATE.compareAndSet(this, now, now | CLOSED)) {
        return (now & COUNTS_MASK) == 0;
      }
    }
  }

  private static int epochOf(long state) {
    return (int) ((state >>> EPOCH_SHIFT) & EPOCH_MASK);
  }

  private static int count(long state, int parity) {
    return (int) (state >>> (parity * COUNT_BITS)) & MOST_READERS;
  }

  private static long one(int parity) {
    return 1L << (parity * COUNT_BITS);
  }
}
