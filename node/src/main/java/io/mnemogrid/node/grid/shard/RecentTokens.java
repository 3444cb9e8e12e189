package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Stamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.eclipse.collections.impl.map.mutable.primitive.LongObjectHashMap;

/**
 * The last writes of a partition, by the token their sender drew, and the newest stamp that each
 * gave: one that is sent again after an unknown outcome is recognised and not done twice. Holds the
 * newest {@value #CAPACITY}, far more than a partition takes within the time a sender tries again.
 */
final class RecentTokens {
  static final int CAPACITY = 16_384;
  private static final int FIRST_CAPACITY = 16;

  private final LongObjectHashMap<Stamp> stamps = new LongObjectHashMap<>(FIRST_CAPACITY);
  private long[] ring = new long[FIRST_CAPACITY];
  private int count;
  private int next;

  boolean contains(long token) {
    return stamps.containsKey(token);
  }

  /** The newest stamp that the write gave; of one that is known. */
  Stamp stamp(long token) {
    return Objects.requireNonNull(stamps.get(token));
  }

  void add(DoneWrite write) {
    if (stamps.containsKey(write.token())) {
      return;
    }
    stamps.put(write.token(), write.given());
    if (count == ring.length && count < CAPACITY) {
      ring = Arrays.copyOf(ring, Math.min(CAPACITY, count * 2));
      next = count;
    }
    if (count == ring.length) {
      stamps.remove(ring[next]);
    } else {
      count++;
    }
    ring[next] = write.token();
    next = (next + 1) % ring.length;
  }

  void clear() {
    stamps.clear();
    ring = new long[FIRST_CAPACITY];
    count = 0;
    next = 0;
  }

  void addAll(RecentTokens others) {
    for (int i = 0; i < others.count; i++) {
      long token = others.at(i);
      add(new DoneWrite(token, others.stamp(token)));
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
      new DoneWrite(token, stamp(token)).writeTo(out);
    }
  }

  void readFrom(DataInput in) throws IOException {
    int stored = in.readInt();
    for (int i = 0; i < stored; i++) {
      add(DoneWrite.readFrom(in));
    }
  }
}
