package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.model.MemoryFilter;
import java.io.IOException;
import java.util.List;

/** What to read of the shards that a member is asked about. */
sealed interface ShardRead {
  /** Most candidates that an answer has to keep; of those the best. */
  default int candidateLimit() {
    return Integer.MAX_VALUE;
  }

  /** Reads one shard into the answer. */
  void read(Shard shard, long now, ReadAnswer answer);

  /**
   * The memories most similar to a vector.
   *
   * @param k most candidates of the whole member
   */
  record Search(float[] query, int k, MemoryFilter filter) implements ShardRead {
    @Override
    public int candidateLimit() {
      return k;
    }

    @Override
    public void read(Shard shard, long now, ReadAnswer answer) {
      answer.addCandidates(shard.spec().shard(), shard.search(query, k, filter, now), k);
    }
  }

  /** The named memories, wherever among the shards they are; counts as an access of each. */
  record Fetch(List<String> ids) implements ShardRead {
    @Override
    public void read(Shard shard, long now, ReadAnswer answer) {
      for (String id : ids) {
        shard
            .find(id, now)
            .ifPresent(entry -> {
              entry.touch(now);
              answer.addRecord(StoredRecord.of(entry));
            });
      }
    }
  }

  /** The newest memories that pass a filter. */
  record Select(MemoryFilter filter, int limit) implements ShardRead {
    @Override
    public void read(Shard shard, long now, ReadAnswer answer) {
      shard.forEach(
          now,
          entry -> {
            answer.count();
            if (entry.record().passes(filter)) {
              answer.addSelected(StoredRecord.of(entry), limit);
            }
          });
    }
  }

  /** The ids of all memories that pass a filter. */
  record Match(MemoryFilter filter) implements ShardRead {
    @Override
    public void read(Shard shard, long now, ReadAnswer answer) {
      shard.forEach(
          now,
          entry -> {
            if (entry.record().passes(filter)) {
              answer.addId(entry.record().id());
            }
          });
    }
  }

  /** How many memories there are. */
  record Count() implements ShardRead {
    @Override
    public void read(Shard shard, long now, ReadAnswer answer) {
      shard.forEach(now, entry -> answer.count());
    }
  }

  /** In which namespaces a memory of the id is. */
  record Locate(String id) implements ShardRead {
    @Override
    public void read(Shard shard, long now, ReadAnswer answer) {
      if (shard.find(id, now).isPresent()) {
        answer.addNamespace(shard.spec().namespaceUid());
      }
    }
  }

  static void write(ShardRead read, ObjectDataOutput out) throws IOException {
    switch (read) {
      case Search search -> {
        out.writeByte(0);
        out.writeFloatArray(search.query());
        out.writeInt(search.k());
        Wire.writeFilter(search.filter(), out);
      }
      case Fetch fetch -> {
        out.writeByte(1);
        Wire.writeList(fetch.ids(), out, Wire::writeText);
      }
      case Select select -> {
        out.writeByte(2);
        Wire.writeFilter(select.filter(), out);
        out.writeInt(select.limit());
      }
      case Count count -> out.writeByte(3);
      case Locate locate -> {
        out.writeByte(4);
        Wire.writeText(locate.id(), out);
      }
      case Match match -> {
        out.writeByte(5);
        Wire.writeFilter(match.filter(), out);
      }
    }
  }

  static ShardRead read(ObjectDataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 0 -> {
        float[] query = in.readFloatArray();
        if (query == null) {
          throw new IOException("a search came without its query");
        }
        yield new Search(query, in.readInt(), Wire.readFilter(in));
      }
      case 1 -> new Fetch(Wire.readList(in, Wire::readText));
      case 2 -> new Select(Wire.readFilter(in), in.readInt());
      case 3 -> new Count();
      case 4 -> new Locate(Wire.readText(in));
      case 5 -> new Match(Wire.readFilter(in));
      default -> throw new IOException("no read is of kind " + kind);
    };
  }
}
