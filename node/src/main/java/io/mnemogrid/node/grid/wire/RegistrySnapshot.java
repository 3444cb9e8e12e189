package io.mnemogrid.node.grid.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A whole registry, or the word that the one who asks has it already. */
public final class RegistrySnapshot implements IdentifiedDataSerializable {
  public static final RegistrySnapshot EMPTY = new RegistrySnapshot();

  private @Nullable UUID authority;
  private long version;
  private @Nullable List<RegistryEntry> entries;

  public RegistrySnapshot() {}

  /**
   * @param authority whose numbering the version is of, or null when none was heard of yet
   * @param entries or null when the one who asks has them
   */
  public RegistrySnapshot(
      @Nullable UUID authority, long version, @Nullable List<RegistryEntry> entries) {
    this.authority = authority;
    this.version = version;
    this.entries = entries;
  }

  public @Nullable UUID authority() {
    return authority;
  }

  public long version() {
    return version;
  }

  public @Nullable List<RegistryEntry> entries() {
    return entries;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    Wire.writeFormat(out);
    Wire.writeUuid(authority, out);
    out.writeLong(version);
    out.writeBoolean(entries != null);
    if (entries != null) {
      Wire.writeList(entries, out, RegistryEntry::write);
    }
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    Wire.readFormat(in);
    authority = Wire.readUuid(in);
    version = in.readLong();
    entries = in.readBoolean() ? Wire.readList(in, RegistryEntry::read) : null;
  }

  @Override
  public int getFactoryId() {
    return TypeIds.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return TypeIds.REGISTRY_SNAPSHOT;
  }
}
