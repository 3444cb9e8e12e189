package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.BackupOperation;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Brings a change of the registry to the backup of its authority's table. */
final class RegistryBackupOperation extends GridOperation implements BackupOperation {
  private long version;
  private String name;
  private @Nullable RegistryEntry entry;

  RegistryBackupOperation(long version, String name, @Nullable RegistryEntry entry) {
    super(GridSerializerHook.REGISTRY_BACKUP);
    this.version = version;
    this.name = name;
    this.entry = entry;
  }

  @Override
  public void run() {
    service().registryBackupTable().apply(version, name, entry);
  }

  @Override
  void writeBody(ObjectDataOutput out) throws IOException {
    out.writeLong(version);
    Wire.writeText(name, out);
    Wire.writeEntry(entry, out);
  }

  @Override
  void readBody(ObjectDataInput in) throws IOException {
    version = in.readLong();
    name = Wire.readText(in);
    entry = Wire.readEntry(in);
  }
}
