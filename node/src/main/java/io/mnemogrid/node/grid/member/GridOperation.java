package io.mnemogrid.node.grid.member;

import com.hazelcast.internal.services.ServiceNamespace;
import com.hazelcast.internal.services.ServiceNamespaceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import com.hazelcast.spi.impl.AllowedDuringPassiveState;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import java.io.IOException;

/**
 * An operation of our service: its number, its format byte, its replication fragment.
 *
 * <p>A member that leaves is passive until it has handed over all its partitions, and Hazelcast
 * lets it run only what is allowed then. Ours are: it is the owner of each partition until that has
 * moved, and nobody else could answer for it.
 */
public abstract class GridOperation extends Operation
    implements IdentifiedDataSerializable, ServiceNamespaceAware, AllowedDuringPassiveState {
  private final int classId;

  /**
   * @param classId the operation's number in {@link TypeIds}
   */
  protected GridOperation(int classId) {
    this.classId = classId;
  }

  /** Writes what the operation carries. */
  protected abstract void writeBody(ObjectDataOutput out) throws IOException;

  /** Reads what {@link #writeBody} wrote. */
  protected abstract void readBody(ObjectDataInput in) throws IOException;

  /** Whether it must wait until this member has what it begins with. */
  protected boolean isForFormedMembers() {
    return true;
  }

  @Override
  public final void beforeRun() {
    if (isForFormedMembers() && !service().isFormed()) {
      throw new RetryableHazelcastException("this node is still starting");
    }
  }

  protected final GridService service() {
    return getService();
  }

  @Override
  public final String getServiceName() {
    return GridService.NAME;
  }

  @Override
  public final ServiceNamespace getServiceNamespace() {
    return GridService.FRAGMENT;
  }

  @Override
  protected final void writeInternal(ObjectDataOutput out) throws IOException {
    super.writeInternal(out);
    Wire.writeFormat(out);
    writeBody(out);
  }

  @Override
  protected final void readInternal(ObjectDataInput in) throws IOException {
    super.readInternal(in);
    Wire.readFormat(in);
    readBody(in);
  }

  @Override
  public final int getFactoryId() {
    return TypeIds.FACTORY_ID;
  }

  @Override
  public final int getClassId() {
    return classId;
  }
}
