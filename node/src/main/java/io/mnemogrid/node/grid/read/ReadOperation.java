package io.mnemogrid.node.grid.read;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.CallStatus;
import com.hazelcast.spi.impl.operationservice.Offload;
import io.mnemogrid.node.grid.member.GridOperation;
import io.mnemogrid.node.grid.wire.ReadTarget;
import io.mnemogrid.node.grid.wire.ReadWire;
import io.mnemogrid.node.grid.wire.ShardRead;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import java.io.IOException;
import java.util.List;

/** Asks another member about all the shards it owns, in one go. */
public final class ReadOperation extends GridOperation {
  private ShardRead read;
  private List<ReadTarget> targets;
  private long timeoutMs;

  public ReadOperation(ShardRead read, List<ReadTarget> targets, long timeoutMs) {
    super(TypeIds.READ);
    this.read = read;
    this.targets = targets;
    this.timeoutMs = timeoutMs;
  }

  @Override
  public CallStatus call() {
    return new OnSearchPool();
  }

  /** Moves the work from Hazelcast's generic thread to the search pool. */
  private final class OnSearchPool extends Offload {
    OnSearchPool() {
      super(ReadOperation.this);
    }

    @Override
    public void start() {
      new MemberRead(service(), read, targets)
          .run(timeoutMs)
          .whenComplete((answer, failure) -> sendResponse(failure == null ? answer : failure));
    }
  }

  @Override
  public boolean validatesTarget() {
    return true;
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    ReadWire.write(read, out);
    Wire.writeList(targets, out, ReadTarget::write);
    out.writeLong(timeoutMs);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    read = ReadWire.read(in);
    targets = Wire.readList(in, ReadTarget::read);
    timeoutMs = in.readLong();
  }
}
