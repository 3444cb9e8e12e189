package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.registry.RegistryTable;
import io.mnemogrid.node.grid.wire.RegistrySnapshot;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the authority for the registry, and for a lease on it. Who is up to date gets the word, who
 * is not the whole. Not read-only in Hazelcast's sense, so that it waits while its partition moves.
 */
public final class RegistryFetchOperation extends GridOperation {
  private @Nullable UUID knownAuthority;
  private long knownVersion;
  private long leaseMs;
  private transient @Nullable RegistrySnapshot answer;

  public RegistryFetchOperation(@Nullable UUID knownAuthority, long knownVersion, long leaseMs) {
    super(TypeIds.REGISTRY_FETCH);
    this.knownAuthority = knownAuthority;
    this.knownVersion = knownVersion;
    this.leaseMs = leaseMs;
  }

  @Override
  public void run() {
    GridService service = service();
    RegistryTable table = service.registryAuthority().ownersTable();
    UUID authority = service.localMember();
    table.grantLease(getCallerUuid(), System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(leaseMs));
    boolean upToDate = authority.equals(knownAuthority) && knownVersion == table.version();
    answer =
        new RegistrySnapshot(
            authority, table.version(), upToDate ? null : List.copyOf(table.entries()));
  }

  @Override
  public @Nullable Object getResponse() {
    return answer;
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    Wire.writeUuid(knownAuthority, out);
    out.writeLong(knownVersion);
    out.writeLong(leaseMs);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    knownAuthority = Wire.readUuid(in);
    knownVersion = in.readLong();
    leaseMs = in.readLong();
  }
}
