package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.CallStatus;
import com.hazelcast.spi.impl.operationservice.Offload;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Brings a member's copy of the registry to a version; answers when it is there. */
public final class RegistryApplyOperation extends GridOperation {
  public static final Numbered NOTHING = new Numbered(new UUID(0, 0), 0, "", null);

  private Numbered change;

  /**
   * A change as its authority numbered it.
   *
   * @param name of the changed entry; empty when the caller does not know the change, only that the
   *     registry is at this version
   * @param entry put, or null when it was removed
   */
  record Numbered(UUID authority, long version, String name, @Nullable RegistryEntry entry) {}

  public RegistryApplyOperation(Numbered change) {
    super(TypeIds.REGISTRY_APPLY);
    this.change = change;
  }

  @Override
  public CallStatus call() {
    return new Offload(this) {
      @Override
      public void start() {
        service()
            .registryClient()
            .reach(change)
            .whenComplete(
                (done, failure) -> sendResponse(failure == null ? Boolean.TRUE : failure));
      }
    };
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    Wire.writeUuid(change.authority(), out);
    out.writeLong(change.version());
    Wire.writeText(change.name(), out);
    Wire.writeEntry(change.entry(), out);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    change =
        new Numbered(Wire.readMember(in), in.readLong(), Wire.readText(in), Wire.readEntry(in));
  }
}
