package io.mnemogrid.node.grid.registry;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The authority's table: every change of the registry is a compare-and-set here, on the one thread
 * of the registry's partition, and numbered. It is replicated and migrates with that partition.
 *
 * <p>It also remembers who holds a lease, so that a change is not called done while a member that
 * the caller does not see yet may still decide by an old copy.
 */
public final class RegistryTable {
  /** Far more than are made before a split is noticed. */
  private static final int MAX_REMOVED = 4_096;

  private final Map<String, RegistryEntry> entries = new HashMap<>();
  private final Map<UUID, Long> leaseEndsNanos = new HashMap<>();
  private final Deque<RegistryEntry> removed = new ArrayDeque<>();
  private long version;

  public long version() {
    return version;
  }

  public Collection<RegistryEntry> entries() {
    return entries.values();
  }

  public @Nullable RegistryEntry find(String name) {
    return entries.get(name);
  }

  /** Whether the entry is the expected one, null for none. */
  public boolean isAt(String name, @Nullable RegistryEntry expected) {
    return Objects.equals(entries.get(name), expected);
  }

  /** Makes a change and numbers it; null removes. */
  public long commit(String name, @Nullable RegistryEntry entry) {
    apply(version + 1, name, entry);
    return version;
  }

  /**
   * Makes a change that the authority numbered, if it is the next one. A table that missed one
   * stays behind, and shows it by its version, until it is brought the whole.
   */
  public void apply(long changeVersion, String name, @Nullable RegistryEntry entry) {
    if (changeVersion != version + 1) {
      return;
    }
    if (entry == null) {
      noteRemoved(entries.remove(name));
    } else {
      entries.put(name, entry);
    }
    version = changeVersion;
  }

  private void noteRemoved(@Nullable RegistryEntry entry) {
    if (entry != null) {
      removed.addLast(entry);
      if (removed.size() > MAX_REMOVED) {
        removed.removeFirst();
      }
    }
  }

  /** What this table has taken from anybody, should it be on the side of a split that gives way. */
  public Revokes revokes() {
    return Revokes.of(removed, entries.values());
  }

  /** Takes a whole table in place of this one, unless it is older. */
  public void adopt(long wholeVersion, Collection<RegistryEntry> whole) {
    if (wholeVersion < version) {
      return;
    }
    entries.clear();
    whole.forEach(entry -> entries.put(entry.name(), entry));
    version = wholeVersion;
  }

  public void grantLease(UUID member, long endsNanos) {
    leaseEndsNanos.put(member, endsNanos);
  }

  /** Members that may decide by their copy at that time. */
  public Set<UUID> leaseHolders(long nowNanos) {
    leaseEndsNanos.values().removeIf(end -> end - nowNanos < 0);
    return new HashSet<>(leaseEndsNanos.keySet());
  }

  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(version);
    out.writeInt(entries.size());
    for (RegistryEntry entry : entries.values()) {
      RegistryEntry.write(entry, out);
    }
  }

  public static RegistryTable readFrom(DataInput in) throws IOException {
    RegistryTable table = new RegistryTable();
    long version = in.readLong();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      RegistryEntry entry = RegistryEntry.read(in);
      table.entries.put(entry.name(), entry);
    }
    table.version = version;
    return table;
  }
}
