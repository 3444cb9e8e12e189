package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Stamp;

/**
 * A memory, or the tombstone of one, on its way to another shard as it is.
 *
 * @param change its record and its vector; the record's stamp is of the partition it comes from
 */
public record Copied(Change change, int accessCount, long lastAccessedAt) {
  /** Of the memory. */
  public String id() {
    return change.record().id();
  }

  /** The same where its stamp says nothing: it gives way to whatever is there. */
  public Copied asOldest() {
    return new Copied(
        new Change(RecordWriter.restamped(change.record(), Stamp.NONE), change.vector()),
        accessCount,
        lastAccessedAt);
  }
}
