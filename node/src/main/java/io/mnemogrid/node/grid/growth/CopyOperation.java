package io.mnemogrid.node.grid.growth;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.Journal;
import io.mnemogrid.node.grid.member.ReplicatedOperation;
import io.mnemogrid.node.grid.shard.Change;
import io.mnemogrid.node.grid.shard.Copied;
import io.mnemogrid.node.grid.shard.DoneWrite;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardCopy;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.vector.VectorMemoryExhausted;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Brings memories to one of the shards that a namespace is split into or restored to. May be sent
 * again.
 */
public final class CopyOperation extends ReplicatedOperation {
  /** The answer when all is there, on the backups too. */
  public static final int DONE = 1;

  /** The answer when nothing can be taken now. */
  static final int NOT_NOW = 0;

  /** The answer when the owner has no memory left for vectors but what writes need. */
  public static final int NO_ROOM = -1;

  private SplitKey key;
  private ShardSpec into;
  private Load load;
  private transient Map<ShardSpec, List<Change>> changes = Map.of();
  private transient int answer = NOT_NOW;

  public CopyOperation(SplitKey key, ShardSpec into, Load load) {
    super(TypeIds.COPY);
    this.key = key;
    this.into = into;
    this.load = load;
  }

  /**
   * What is brought.
   *
   * @param lostAt unix seconds of when memories were lost last where these come from
   */
  public record Load(
      List<Copied> copies, List<ShardCopy.Reads> reads, List<KeptAnswer> answers, long lostAt) {
    public static final Load NONE = of(List.of());

    public static Load of(List<Copied> copies) {
      return new Load(copies, List.of(), List.of(), PartitionContainer.NEVER_LOST);
    }
  }

  @Override
  public void run() {
    GridService service = service();
    PartitionContainer container = service.container(getPartitionId());
    boolean refused =
        !key.isUnderWay(service)
            || service.admission().refusalToWrite(getPartitionId()) != null
            || !service.journal().hasRoom()
            || !load.copies().isEmpty() && container.isBehind(into);
    if (refused) {
      return;
    }
    if (!load.copies().isEmpty() && !service.holdings().haveRoomForCopies()) {
      answer = NO_ROOM;
      return;
    }
    try {
      changes = container.copyIn(into, service.partitionVersion(getPartitionId()), load.copies());
      container.carryReads(into, load.reads());
      container.takeOver(load.answers(), load.lostAt());
      answer = DONE;
      answerAfter(log(service.journal()));
    } catch (VectorMemoryExhausted e) {
      answer = NO_ROOM;
    }
  }

  private CompletionStage<@Nullable Void> log(Journal journal) {
    if (load.lostAt() != PartitionContainer.NEVER_LOST) {
      var _ = journal.made(getPartitionId(), new LogEntry.Lost(load.lostAt()));
    }
    return journal.made(
        getPartitionId(), new LogEntry.Changes(DoneWrite.NONE, changes, load.answers()));
  }

  @Override
  public Object getResponse() {
    return answer;
  }

  @Override
  public boolean shouldBackup() {
    return answer == DONE;
  }

  @Override
  public Operation getBackupOperation() {
    return new CopyBackupOperation(changes, load.answers(), load.lostAt());
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    SplitKey.write(key, out);
    Wire.writeSpec(into, out);
    Wire.writeList(load.copies(), out, Wire::writeCopied);
    Wire.writeList(load.reads(), out, Wire::writeReads);
    Wire.writeList(load.answers(), out, Wire::writeAnswer);
    out.writeLong(load.lostAt());
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    key = SplitKey.read(in);
    into = Wire.readSpec(in);
    load =
        new Load(
            Wire.readList(in, Wire::readCopied),
            Wire.readList(in, Wire::readReads),
            Wire.readList(in, Wire::readAnswer),
            in.readLong());
  }
}
