package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Stamp;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A write that is recognised when it is sent again.
 *
 * @param token that its sender drew
 * @param given the newest stamp that it gave when it was done
 */
public record DoneWrite(long token, Stamp given) {
  /** Of changes that nobody sends again. */
  public static final DoneWrite NONE = new DoneWrite(0, Stamp.NONE);

  /** Whether it is of changes that nobody sends again. */
  public boolean isNone() {
    return token == NONE.token;
  }

  /** Writes what {@link #readFrom} reads. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(token);
    given.writeTo(out);
  }

  public static DoneWrite readFrom(DataInput in) throws IOException {
    return new DoneWrite(in.readLong(), Stamp.readFrom(in));
  }
}
