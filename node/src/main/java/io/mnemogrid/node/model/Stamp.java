package io.mnemogrid.node.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The place of a write in the total order of writes to a partition.
 *
 * @param incarnation raised at each formation of the cluster
 * @param partitionVersion the version of the partition's replica list under which it was given
 * @param sequence counts the writes of the partition
 */
public record Stamp(int incarnation, int partitionVersion, long sequence)
    implements Comparable<Stamp> {

  /** Size of a stamp in every binary layout. */
  public static final int BYTES = Integer.BYTES + Integer.BYTES + Long.BYTES;

  /** Before every stamp that is ever given. */
  public static final Stamp NONE = new Stamp(0, 0, 0);

  @Override
  public int compareTo(Stamp other) {
    int byIncarnation = Integer.compare(incarnation, other.incarnation);
    if (byIncarnation != 0) {
      return byIncarnation;
    }
    int byVersion = Integer.compare(partitionVersion, other.partitionVersion);
    return byVersion != 0 ? byVersion : Long.compare(sequence, other.sequence);
  }

  /** The later of the two. */
  public Stamp orLater(Stamp other) {
    return other.isAfter(this) ? other : this;
  }

  public boolean isAfter(Stamp other) {
    return compareTo(other) > 0;
  }

  /** Writes what {@link #readFrom} reads. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(incarnation);
    out.writeInt(partitionVersion);
    out.writeLong(sequence);
  }

  public static Stamp readFrom(DataInput in) throws IOException {
    return new Stamp(in.readInt(), in.readInt(), in.readLong());
  }
}
