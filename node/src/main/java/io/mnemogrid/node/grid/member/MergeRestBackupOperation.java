package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.wire.TypeIds;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Brings to a backup what a {@link MergeRestOperation} brought to the owner. */
public final class MergeRestBackupOperation extends LoggedBackupOperation {
  private MergeRestOperation.Rest rest;

  public MergeRestBackupOperation(MergeRestOperation.Rest rest) {
    super(TypeIds.MERGE_REST_BACKUP);
    this.rest = rest;
  }

  @Override
  protected CompletionStage<@Nullable Void> apply(GridService service) {
    rest.takeInto(service.container(getPartitionId()));
    return service.journal().applied(getPartitionId(), rest.entry());
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    MergeWire.writeRest(rest, out);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    rest = MergeWire.readRest(in);
  }
}
