package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.Entry;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.MemoryRecord;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Namespace;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A record on its way back to who asked, with how often it was read. */
record StoredRecord(MemoryRecord record, int accessCount, long lastAccessedAt) {
  static StoredRecord of(Entry entry) {
    return new StoredRecord(entry.record(), entry.accessCount(), entry.lastAccessedAt());
  }

  static StoredRecord of(KeptAnswer.Row row) {
    return new StoredRecord(row.record(), row.accessCount(), row.lastAccessedAt());
  }

  Memory toMemory(Namespace namespace) {
    return record.toMemory(namespace.name(), accessCount, lastAccessedAt);
  }

  static void write(@Nullable StoredRecord stored, ObjectDataOutput out) throws IOException {
    out.writeByteArray(stored == null ? null : stored.record.bytes());
    if (stored != null) {
      out.writeInt(stored.accessCount);
      out.writeLong(stored.lastAccessedAt);
    }
  }

  static @Nullable StoredRecord read(ObjectDataInput in) throws IOException {
    byte[] bytes = in.readByteArray();
    return bytes == null
        ? null
        : new StoredRecord(new MemoryRecord(bytes), in.readInt(), in.readLong());
  }
}
