package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.wire.TypeIds;

/**
 * Asks a member whether it has, in its log, all that it is to keep. It answers the stamp of the
 * partition table that this is so with, or {@link Wholeness#LACKS_SOMETHING}.
 */
public final class WholenessOperation extends GridOperation {
  public WholenessOperation() {
    super(TypeIds.WHOLENESS);
  }

  @Override
  public void run() {}

  @Override
  public Object getResponse() {
    return service().wholeness().here();
  }

  @Override
  protected void writeBody(ObjectDataOutput out) {}

  @Override
  protected void readBody(ObjectDataInput in) {}
}
