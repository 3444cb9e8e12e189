package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.wire.TypeIds;

/** Asks a member whether the one who asks is in its view of the cluster: else it is not run. */
final class PresenceOperation extends GridOperation {
  PresenceOperation() {
    super(TypeIds.PRESENCE);
  }

  @Override
  public void run() {}

  @Override
  public Object getResponse() {
    return true;
  }

  @Override
  void writeBody(ObjectDataOutput out) {}

  @Override
  void readBody(ObjectDataInput in) {}
}
