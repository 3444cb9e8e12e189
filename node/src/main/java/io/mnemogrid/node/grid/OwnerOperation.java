package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.shard.Change;
import io.mnemogrid.node.grid.shard.Entry;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.vector.VectorMemoryExhausted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of one part of a namespace, in all its spaces, made by the owner of its partition and
 * sent on to the backups. May be sent again after an unknown outcome: its token tells the owner
 * that it is done, and then only the backups are brought to the same state.
 */
abstract class OwnerOperation extends ReplicatedOperation {
  private List<ShardSpec> spaces;
  private long token;
  private transient @Nullable WriteAnswer answer;
  private transient Map<ShardSpec, List<Change>> changes = Map.of();

  OwnerOperation(int classId, List<ShardSpec> spaces, long token) {
    super(classId);
    this.spaces = spaces;
    this.token = token;
  }

  /** Makes the change for the first time. */
  abstract PartitionContainer.Outcome change(
      PartitionContainer container, int partitionVersion, long now);

  /** Whether it gives the indexer work, and so must wait while that is behind. */
  abstract boolean addsVectors();

  /** The entries of its answer when it was done before. */
  abstract List<@Nullable Entry> repeated(PartitionContainer container);

  /** The part in its spaces, the one that questions are asked in first. */
  final List<ShardSpec> spaces() {
    return spaces;
  }

  /** The ids it is about. */
  abstract List<String> ids();

  @Override
  public void run() {
    GridService service = service();
    PartitionContainer container = service.container(getPartitionId());
    WriteAnswer.Status refusal =
        service.refusalToWrite(getPartitionId(), spaces.getFirst().namespaceUid());
    if (refusal != null) {
      answer = WriteAnswer.refused(refusal);
      return;
    }
    if (container.wasDone(token)) {
      answer = answerOf(repeated(container));
      changes = container.changesOf(spaces, ids());
      return;
    }
    if (service.isOutdated(getPartitionId(), spaces)) {
      answer = WriteAnswer.refused(WriteAnswer.Status.OUTDATED);
      return;
    }
    if (addsVectors() && spaces.stream().anyMatch(container::isBehind)) {
      answer = WriteAnswer.refused(WriteAnswer.Status.BEHIND);
      return;
    }
    try {
      PartitionContainer.Outcome outcome =
          change(container, service.partitionVersion(getPartitionId()), service.unixSeconds());
      answer = answerOf(outcome.entries());
      changes = outcome.changes();
      container.done(token);
    } catch (VectorMemoryExhausted e) {
      answer = WriteAnswer.refused(WriteAnswer.Status.OUT_OF_MEMORY);
    }
  }

  private static WriteAnswer answerOf(List<@Nullable Entry> entries) {
    List<@Nullable StoredRecord> records = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      records.add(entry == null ? null : StoredRecord.of(entry));
    }
    return WriteAnswer.done(records);
  }

  @Override
  public @Nullable Object getResponse() {
    return answer;
  }

  @Override
  public boolean shouldBackup() {
    return changes.values().stream().anyMatch(ofShard -> !ofShard.isEmpty());
  }

  @Override
  public Operation getBackupOperation() {
    return new ApplyOperation(token, changes);
  }

  @Override
  void writeBody(ObjectDataOutput out) throws IOException {
    Wire.writeList(spaces, out, Wire::writeSpec);
    out.writeLong(token);
  }

  @Override
  void readBody(ObjectDataInput in) throws IOException {
    spaces = Wire.readList(in, Wire::readSpec);
    token = in.readLong();
  }
}
