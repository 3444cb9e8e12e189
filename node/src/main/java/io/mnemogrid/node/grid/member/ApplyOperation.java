package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.durable.LogEntry;
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

/** Applies on a backup what the owner did. */
public final class ApplyOperation extends LoggedBackupOperation {
  private DoneWrite write;
  private Map<ShardSpec, List<Change>> changes;
  private @Nullable KeptAnswer answer;

  /**
   * @param changes of each shard, which nobody sends again
   */
  public ApplyOperation(Map<ShardSpec, List<Change>> changes) {
    this(DoneWrite.NONE, changes, null);
  }

  /**
   * @param write that made the changes, or {@link DoneWrite#NONE}
   * @param changes of each shard
   * @param answer to be kept, or null
   */
  public ApplyOperation(
      DoneWrite write, Map<ShardSpec, List<Change>> changes, @Nullable KeptAnswer answer) {
    super(TypeIds.APPLY);
    this.write = write;
    this.changes = changes;
    this.answer = answer;
  }

  @Override
  protected CompletionStage<@Nullable Void> apply(GridService service) {
    PartitionContainer container = service.container(getPartitionId());
    container.apply(changes);
    if (answer != null) {
      container.answers().keep(answer);
    }
    container.done(write);
    LogEntry.Changes logged =
        new LogEntry.Changes(write, changes, answer == null ? List.of() : List.of(answer));
    // As of a shard that is taken over: it comes for its place among the others.
    return logged.isNothing() ? Journal.DONE : service.journal().applied(getPartitionId(), logged);
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    write.writeTo(out);
    Wire.writeChanges(changes, out);
    out.writeBoolean(answer != null);
    if (answer != null) {
      answer.writeTo(out, KeptAnswer.Records.of(changes));
    }
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    write = DoneWrite.readFrom(in);
    changes = Wire.readChanges(in);
    answer = in.readBoolean() ? KeptAnswer.readFrom(in, KeptAnswer.Records.of(changes)) : null;
  }
}
