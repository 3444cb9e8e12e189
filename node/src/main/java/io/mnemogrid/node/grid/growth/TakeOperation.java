package io.mnemogrid.node.grid.growth;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.member.ApplyOperation;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.ReplicatedOperation;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.grid.shard.ShardCopy;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.Taken;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the next memories of a shard that is split, for those that it is split into. Once the
 * namespace is closed, the last of them, then how often they were read and the kept answers; its
 * backup comes after those of all writes that were made before, so from then on the backups have
 * what the owner has.
 */
public final class TakeOperation extends ReplicatedOperation {
  /** So few that the partition's writes wait no longer than for a store of many. */
  static final int MOST = 256;

  private SplitKey key;
  private ShardSpec from;
  private Mark mark;
  private boolean last;
  private transient Taken answer = Taken.NOT_NOW;

  public TakeOperation(SplitKey key, ShardSpec from, Mark mark, boolean last) {
    super(TypeIds.TAKE);
    this.key = key;
    this.from = from;
    this.mark = mark;
    this.last = last;
  }

  /**
   * How far a shard is copied.
   *
   * @param upTo stamp of the last memory that is
   * @param since unix seconds of when it was begun
   */
  public record Mark(Stamp upTo, long since) {
    public static final Mark NONE = new Mark(Stamp.NONE, 0);

    static Mark begin(long unixSeconds) {
      return new Mark(Stamp.NONE, unixSeconds);
    }

    Mark at(Stamp stamp) {
      return new Mark(stamp, since);
    }
  }

  @Override
  public void run() {
    GridService service = service();
    boolean ready = last ? key.isClosed(service) : key.isUnderWay(service);
    if (!ready || service.admission().refusalToWrite(getPartitionId()) != null) {
      return;
    }
    PartitionContainer container = service.container(getPartitionId());
    Shard shard = container.shard(from.key());
    ShardCopy.Next next =
        shard == null ? ShardCopy.Next.NONE : ShardCopy.after(shard, mark.upTo(), MOST);
    answer = last && next.copies().isEmpty() ? rest(container, shard) : Taken.some(next);
  }

  private Taken rest(PartitionContainer container, @Nullable Shard shard) {
    return Taken.rest(
        shard == null ? List.of() : ShardCopy.readsSince(shard, mark.since()),
        container.answers().of(from),
        container.lostAt());
  }

  @Override
  public Object getResponse() {
    return answer;
  }

  @Override
  public boolean shouldBackup() {
    return last && answer.isNow();
  }

  @Override
  public Operation getBackupOperation() {
    return new ApplyOperation(Map.of());
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    SplitKey.write(key, out);
    Wire.writeSpec(from, out);
    mark.upTo().writeTo(out);
    out.writeLong(mark.since());
    out.writeBoolean(last);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    key = SplitKey.read(in);
    from = Wire.readSpec(in);
    mark = new Mark(Stamp.readFrom(in), in.readLong());
    last = in.readBoolean();
  }
}
