package io.mnemogrid.node.grid.wire;

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
public record StoredRecord(MemoryRecord record, int accessCount, long lastAccessedAt) {
  public static StoredRecord of(Entry entry) {
    return new StoredRecord(entry.record(), entry.accessCount(), entry.lastAccessedAt());
  }

  public static StoredRecord of(KeptAnswer.Row row) {
    return new StoredRecord(row.record(), row.accessCount(), row.lastAccessedAt());
  }

  public Memory toMemory(Namespace namespace) {
    return record.toMemory(namespace.name(), accessCount, lastAccessedAt);
  }

  public static void write(@Nullable StoredRecord stored, ObjectDataOutput out) throws IOException {
    out.writeByteArray(stored == null ? null : stored.record.bytes());
    if (stored != null) {
      out.writeInt(stored.accessCount);
      out.writeLong(stored.lastAccessedAt);
    }
  }

  public static @Nullable StoredRecord read(ObjectDataInput in) throws IOException {
    byte[] bytes = in.readByteArray();
    return bytes == null
        ? null
        : new StoredRecord(new MemoryRecord(bytes), in.readInt(), in.readLong());
  }
}
