package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.MemoryId;
import io.mnemogrid.node.model.Provenance;

/** Records that were kept outside the cluster, on their way back. */
public final class KeptRecord {
  private KeptRecord() {}

  /**
   * Reads all of a record once, as nothing says who wrote it.
   *
   * @throws IllegalArgumentException if it is of another format, or no whole record; says why
   */
  public static MemoryRecord read(byte[] bytes) {
    MemoryRecord record = new MemoryRecord(bytes);
    int end;
    try {
      if (!MemoryId.isValid(record.id())) {
        throw new IllegalArgumentException("a record has no valid id");
      }
      end = record.isTombstone() ? endOfTombstone(bytes) : endOfMemory(record);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a record ends before its texts do", e);
    }
    if (end != bytes.length) {
      throw new IllegalArgumentException(
          "the record of '%s' has %d bytes, not %d".formatted(record.id(), bytes.length, end));
    }
    return record;
  }

  private static int endOfTombstone(byte[] bytes) {
    return RecordLayout.afterShortText(bytes, RecordLayout.idAt(bytes));
  }

  private static int endOfMemory(MemoryRecord record) {
    var _ = record.toMemory("", 0, 0); // decodes each field
    int contentAt = RecordLayout.contentAt(record.bytes());
    return contentAt + Integer.BYTES + RecordLayout.intAt(record.bytes(), contentAt);
  }

  /** The same record with the origin that says that it came back from a backup. */
  public static MemoryRecord restored(MemoryRecord record) {
    if (record.isTombstone()) {
      return record;
    }
    byte[] bytes = record.bytes().clone();
    bytes[RecordLayout.ORIGIN_AT] = (byte) Provenance.Origin.RESTORED.ordinal();
    return new MemoryRecord(bytes);
  }
}
