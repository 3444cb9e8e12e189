package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import io.mnemogrid.node.grid.registry.RegistryTable;
import io.mnemogrid.node.grid.wire.CommitAnswer;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.node.memory.Keys;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Changes one entry of the registry at its authority, if the entry is as the caller knows it. */
public final class RegistryCommitOperation extends ReplicatedOperation {
  static final String ROOT_KEY = RegistryEntry.OfKey.nameOf(Keys.ROOT_KEY_ID);

  private String name;
  private @Nullable RegistryEntry expected;
  private @Nullable RegistryEntry entry;
  private transient @Nullable CommitAnswer answer;
  private transient Stamp stamp = Stamp.NONE;

  /**
   * @param expected the present entry as the caller knows it, or null for none
   * @param entry to be put, or null to remove
   */
  public RegistryCommitOperation(
      String name, @Nullable RegistryEntry expected, @Nullable RegistryEntry entry) {
    super(TypeIds.REGISTRY_COMMIT);
    this.name = name;
    this.expected = expected;
    this.entry = entry;
  }

  @Override
  public void run() {
    GridService service = service();
    if (!name.equals(ROOT_KEY) && service.admission().refusalToWrite(getPartitionId()) != null) {
      answer = CommitAnswer.refused(service.localMember());
      return;
    }
    RegistryTable table = service.registryAuthority().ownersTable();
    // Of another try of the same change too few may know.
    boolean committed = table.isAt(name, expected) || table.isAt(name, entry);
    if (committed) {
      table.commit(name, entry);
      stamp =
          service.container(getPartitionId()).nextStamp(service.partitionVersion(getPartitionId()));
      CompletionStage<@Nullable Void> logged =
          service
              .journal()
              .made(getPartitionId(), new LogEntry.Registry(table.version(), name, entry));
      if (name.equals(ROOT_KEY)) {
        answerAfter(logged); // it is there before a write would be taken
      } else {
        answerOnceReplicated(logged);
      }
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
    return new RegistryBackupOperation(
        stamp,
        new LogEntry.Registry(service().registryAuthority().ownersTable().version(), name, entry));
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    Wire.writeText(name, out);
    Wire.writeEntry(expected, out);
    Wire.writeEntry(entry, out);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    name = Wire.readText(in);
    expected = Wire.readEntry(in);
    entry = Wire.readEntry(in);
  }
}
