package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import io.mnemogrid.node.grid.registry.RegistryTable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes one entry of the registry at its authority, if the entry is as the caller knows it. */
final class RegistryCommitOperation extends ReplicatedOperation {
  private String name;
  private long expectedRevision;
  private @Nullable RegistryEntry entry;
  private transient @Nullable CommitAnswer answer;

  /**
   * @param expectedRevision of the present entry, 0 for none
   * @param entry to be put, or null to remove
   */
  RegistryCommitOperation(String name, long expectedRevision, @Nullable RegistryEntry entry) {
    super(GridSerializerHook.REGISTRY_COMMIT);
    this.name = name;
    this.expectedRevision = expectedRevision;
    this.entry = entry;
  }

  @Override
  public void run() {
    GridService service = service();
    RegistryTable table = service.registryTable();
    boolean committed = table.isAt(name, expectedRevision);
    if (committed) {
      table.commit(name, entry);
    }
    answer =
        new CommitAnswer(
            committed,
            service.localMember(),
            table.version(),
            table.find(name),
            List.copyOf(table.leaseHolders(System.nanoTime())));
  }

  @Override
  public @Nullable Object getResponse() {
    return answer;
  }

  @Override
  public boolean shouldBackup() {
    return answer != null && answer.committed();
  }

  @Override
  public Operation getBackupOperation() {
    return new RegistryBackupOperation(service().registryTable().version(), name, entry);
  }

  @Override
  void writeBody(ObjectDataOutput out) throws IOException {
    Wire.writeText(name, out);
    out.writeLong(expectedRevision);
    Wire.writeEntry(entry, out);
  }

  @Override
  void readBody(ObjectDataInput in) throws IOException {
    name = Wire.readText(in);
    expectedRevision = in.readLong();
    entry = Wire.readEntry(in);
  }
}
