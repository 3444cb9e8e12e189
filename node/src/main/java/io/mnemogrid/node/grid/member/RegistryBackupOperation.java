package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Brings a change of the registry to the backup of its authority's table. */
public final class RegistryBackupOperation extends LoggedBackupOperation {
  public static final LogEntry.Registry NOTHING = new LogEntry.Registry(0, "", null);

  private Stamp stamp;
  private LogEntry.Registry change;

  public RegistryBackupOperation(Stamp stamp, LogEntry.Registry change) {
    super(TypeIds.REGISTRY_BACKUP);
    this.stamp = stamp;
    this.change = change;
  }

  @Override
  protected CompletionStage<@Nullable Void> apply(GridService service) {
    service
        .registryAuthority()
        .backupsTable()
        .apply(change.version(), change.name(), change.entry());
    service.container(getPartitionId()).noteStamp(stamp);
    return service.journal().applied(getPartitionId(), change);
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    stamp.writeTo(out);
    out.writeLong(change.version());
    Wire.writeText(change.name(), out);
    Wire.writeEntry(change.entry(), out);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    stamp = Stamp.readFrom(in);
    change = new LogEntry.Registry(in.readLong(), Wire.readText(in), Wire.readEntry(in));
  }
}
