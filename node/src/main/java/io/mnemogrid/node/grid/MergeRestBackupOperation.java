package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.wire.TypeIds;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Brings to a backup what a {@link MergeRestOperation} brought to the owner. */
final class MergeRestBackupOperation extends LoggedBackupOperation {
  private MergeRestOperation.Rest rest;

  MergeRestBackupOperation(MergeRestOperation.Rest rest) {
    super(TypeIds.MERGE_REST_BACKUP);
    this.rest = rest;
  }

  @Override
  CompletionStage<@Nullable Void> apply(GridService service) {
    rest.takeInto(service.container(getPartitionId()));
    return service.journal().applied(getPartitionId(), rest.entry());
  }

  @Override
  void writeBody(ObjectDataOutput out) throws IOException {
    MergeWire.writeRest(rest, out);
  }

  @Override
  void readBody(ObjectDataInput in) throws IOException {
    rest = MergeWire.readRest(in);
  }
}
