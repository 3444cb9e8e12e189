package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.grid.shard.DoneWrite;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.wire.TypeIds;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Brings to the owner of a partition what the side of a split that gave way had of it beside the
 * memories, once these are there. May be sent again.
 */
public final class MergeRestOperation extends MergingOperation {
  private Rest rest;

  public MergeRestOperation(Rest rest) {
    super(TypeIds.MERGE_REST);
    this.rest = rest;
  }

  /**
   * What is brought.
   *
   * @param wholeSince unix seconds since when nothing was lost of what the other side had; {@link
   *     Long#MAX_VALUE} if it may not have had all
   */
  public record Rest(List<KeptAnswer> answers, long wholeSince) {
    public static final Rest NONE = new Rest(List.of(), Long.MAX_VALUE);

    void takeInto(PartitionContainer container) {
      container.takeOver(answers, PartitionContainer.NEVER_LOST);
      container.foundAgain(wholeSince);
    }

    LogEntry entry() {
      return new LogEntry.Changes(DoneWrite.NONE, Map.of(), answers);
    }
  }

  @Override
  public void run() {
    GridService service = service();
    if (service.admission().refusalToWrite(getPartitionId()) == null
        && service.journal().hasRoom()) {
      rest.takeInto(service.container(getPartitionId()));
      doneAfter(service.journal().made(getPartitionId(), rest.entry()));
    }
  }

  @Override
  public Operation getBackupOperation() {
    return new MergeRestBackupOperation(rest);
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
