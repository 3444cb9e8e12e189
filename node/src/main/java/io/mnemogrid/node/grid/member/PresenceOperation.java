package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.wire.TypeIds;

/** Asks a member whether the one who asks is in its view of the cluster: else it is not run. */
public final class PresenceOperation extends GridOperation {
  public PresenceOperation() {
    super(TypeIds.PRESENCE);
  }

  @Override
  public void run() {}

  @Override
  public Object getResponse() {
    return true;
  }

  @Override
  protected void writeBody(ObjectDataOutput out) {}

  @Override
  protected void readBody(ObjectDataInput in) {}
}
