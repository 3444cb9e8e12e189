package io.mnemogrid.node.grid.member;

import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.grid.registry.RegistryReplica;
import io.mnemogrid.node.grid.registry.RegistryTable;
import java.util.List;

/**
 * The registry's table where it is decided: at the owner of one partition, and at its backups. On
 * that partition's thread.
 */
final class RegistryAuthority {
  private final RegistryReplica replica;
  private final Journal journal;
  private final int partition;
  private volatile RegistryTable table = new RegistryTable();

  RegistryAuthority(RegistryReplica replica, Journal journal, int partition) {
    this.replica = replica;
    this.journal = journal;
    this.partition = partition;
  }

  /** Whether the table is in that partition. */
  boolean isIn(int partitionId) {
    return partitionId == partition;
  }

  /** The table at its owner. */
  RegistryTable ownersTable() {
    // Every replica of the partition may have been lost at once; this member's copy then is what
    // is left, and it holds all that was ever acknowledged.
    if (table.version() < replica.version()) {
      table.adopt(replica.version(), replica.entries());
      var _ = journal.made(partition, new LogEntry.RegistryWhole(table));
    }
    return table;
  }

  /** The table at a backup. */
  RegistryTable backupsTable() {
    return table;
  }

  void install(RegistryTable image) {
    table.adopt(image.version(), List.copyOf(image.entries()));
  }

  void clear() {
    table = new RegistryTable();
  }
}
