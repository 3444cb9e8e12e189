package io.mnemogrid.node.grid.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.mnemogrid.node.grid.shard.Copied;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.ShardCopy;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.util.List;

/** What the owner of a shard that is split gives of it. */
public final class Taken implements IdentifiedDataSerializable {
  /** That this owner cannot say now. */
  public static final Taken NOT_NOW = new Taken();

  private boolean now;
  private List<Copied> copies = List.of();
  private boolean more;
  private List<ShardCopy.Reads> reads = List.of();
  private List<KeptAnswer> answers = List.of();
  private long lostAt;

  public Taken() {}

  public static Taken some(ShardCopy.Next next) {
    Taken taken = new Taken();
    taken.now = true;
    taken.copies = next.copies();
    taken.more = next.more();
    return taken;
  }

  /**
   * What there is besides memories, once none of these is left.
   *
   * @param lostAt unix seconds of when memories of the partition were lost last
   */
  public static Taken rest(List<ShardCopy.Reads> reads, List<KeptAnswer> answers, long lostAt) {
    Taken taken = some(ShardCopy.Next.NONE);
    taken.reads = reads;
    taken.answers = answers;
    taken.lostAt = lostAt;
    return taken;
  }

  public boolean isNow() {
    return now;
  }

  public List<Copied> copies() {
    return copies;
  }

  /** Whether there are more after these. */
  public boolean hasMore() {
    return more;
  }

  public List<ShardCopy.Reads> reads() {
    return reads;
  }

  public List<KeptAnswer> answers() {
    return answers;
  }

  public long lostAt() {
    return lostAt;
  }

  /** Of the last memory, to go on from. */
  public Stamp upTo() {
    return copies.getLast().change().record().stamp();
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    Wire.writeFormat(out);
    out.writeBoolean(now);
    Wire.writeList(copies, out, Wire::writeCopied);
    out.writeBoolean(more);
    Wire.writeList(reads, out, Wire::writeReads);
    Wire.writeList(answers, out, Wire::writeAnswer);
    out.writeLong(lostAt);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    Wire.readFormat(in);
    now = in.readBoolean();
    copies = Wire.readList(in, Wire::readCopied);
    more = in.readBoolean();
    reads = Wire.readList(in, Wire::readReads);
    answers = Wire.readList(in, Wire::readAnswer);
    lostAt = in.readLong();
  }

  @Override
  public int getFactoryId() {
    return TypeIds.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return TypeIds.TAKEN;
  }
}
