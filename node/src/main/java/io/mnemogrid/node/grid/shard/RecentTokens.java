package io.mnemogrid.node.grid.shard;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.eclipse.collections.impl.map.mutable.primitive.LongLongHashMap;

/**
 * The last writes of a partition, by the token their sender drew, and the sequence of the newest
 * stamp that each gave: one that is sent again after an unknown outcome is recognised and not done
 * twice. Holds the newest {@value #CAPACITY}, far more than a partition takes within the time a
 * sender tries again.
 */
final class RecentTokens {
  static final int CAPACITY = 16_384;
  private static final int FIRST_CAPACITY = 16;

  private final LongLongHashMap sequences = new LongLongHashMap(FIRST_CAPACITY);
  private long[] ring = new long[FIRST_CAPACITY];
  private int count;
  private int next;

  boolean contains(long token) {
    return sequences.containsKey(token);
  }

  /** The sequence of the newest stamp that the write gave. */
  long sequence(long token) {
    return sequences.getOrThrow(token);
  }

  void add(long token, long sequence) {
    if (sequences.containsKey(token)) {
      return;
    }
    sequences.put(token, sequence);
    if (count == ring.length && count < CAPACITY) {
      ring = Arrays.copyOf(ring, Math.min(CAPACITY, count * 2));
      next = count;
    }
    if (count == ring.length) {
      sequences.remove(ring[next]);
    } else {
      count++;
    }
    ring[next] = token;
    next = (next + 1) % ring.length;
  }

  void clear() {
    sequences.clear();
    ring = new long[FIRST_CAPACITY];
    count = 0;
    next = 0;
  }

  void addAll(RecentTokens others) {
    for (int i = 0; i < others.count; i++) {
      long token = others.at(i);
      add(token, others.sequence(token));
    }
  }

  /** The oldest first, so that whoever takes them over forgets them in the same order. */
  private long at(int i) {
    return ring[count == ring.length ? (next + i) % ring.length : i];
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      long token = at(i);
      out.writeLong(token);
      out.writeLong(sequence(token));
    }
  }

  void readFrom(DataInput in) throws IOException {
    int stored = in.readInt();
    for (int i = 0; i < stored; i++) {
      add(in.readLong(), in.readLong());
    }
  }
}
