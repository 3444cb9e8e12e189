package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;

/** Asks a member whether the one who asks is in its view of the cluster: else it is not run. */
final class PresenceOperation extends GridOperation {
  PresenceOperation() {
    super(GridSerializerHook.PRESENCE);
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
