package io.mnemogrid.node.grid.growth;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.LoggedBackupOperation;
import io.mnemogrid.node.grid.shard.Change;
import io.mnemogrid.node.grid.shard.DoneWrite;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Brings to a backup what a {@link CopyOperation} brought to the owner. */
public final class CopyBackupOperation extends LoggedBackupOperation {
  private Map<ShardSpec, List<Change>> changes;
  private List<KeptAnswer> answers;
  private long lostAt;

  public CopyBackupOperation(
      Map<ShardSpec, List<Change>> changes, List<KeptAnswer> answers, long lostAt) {
    super(TypeIds.COPY_BACKUP);
    this.changes = changes;
    this.answers = answers;
    this.lostAt = lostAt;
  }

  @Override
  protected CompletionStage<@Nullable Void> apply(GridService service) {
    PartitionContainer container = service.container(getPartitionId());
    container.apply(changes);
    container.takeOver(answers, lostAt);
    if (lostAt != PartitionContainer.NEVER_LOST) {
      var _ = service.journal().applied(getPartitionId(), new LogEntry.Lost(lostAt));
    }
    return service
        .journal()
        .applied(getPartitionId(), new LogEntry.Changes(DoneWrite.NONE, changes, answers));
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    Wire.writeChanges(changes, out);
    Wire.writeList(answers, out, Wire::writeAnswer);
    out.writeLong(lostAt);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    changes = Wire.readChanges(in);
    answers = Wire.readList(in, Wire::readAnswer);
    lostAt = in.readLong();
  }
}
