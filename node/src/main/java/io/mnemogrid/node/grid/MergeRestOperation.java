package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import java.io.IOException;
import java.util.List;

/**
 * Brings to the owner of a partition what the side of a split that gave way had of it beside the
 * memories, once these are there. May be sent again.
 */
final class MergeRestOperation extends ReplicatedOperation {
  private Rest rest;
  private transient boolean done;

  MergeRestOperation(Rest rest) {
    super(GridSerializerHook.MERGE_REST);
    this.rest = rest;
  }

  /**
   * What is brought.
   *
   * @param wholeSince unix seconds since when nothing was lost of what the other side had; {@link
   *     Long#MAX_VALUE} if it may not have had all
   */
  record Rest(List<KeptAnswer> answers, long wholeSince) {
    static final Rest NONE = new Rest(List.of(), Long.MAX_VALUE);

    void takeInto(PartitionContainer container) {
      container.takeOver(answers, Long.MIN_VALUE);
      container.foundAgain(wholeSince);
    }
  }

  @Override
  public void run() {
    if (service().refusalToWrite(getPartitionId()) == null) {
      rest.takeInto(service().container(getPartitionId()));
      done = true;
    }
  }

  @Override
  public Object getResponse() {
    return done;
  }

  @Override
  public boolean shouldBackup() {
    return done;
  }

  @Override
  public Operation getBackupOperation() {
    return new MergeRestBackupOperation(rest);
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
