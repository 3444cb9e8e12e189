package io.mnemogrid.node.grid.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.grid.registry.RegistryTable;
import io.mnemogrid.node.grid.shard.Draft;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardEnvironment;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.Verdict;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.vector.Codes;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.VectorMemory;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("compiled")
class StoredPartitionsTest {
  private static final int DIMENSION = 256;
  private static final int MEMORIES = 2_000;
  private static final int PARTITION = 5;
  private static final ShardSpec SPEC =
      new ShardSpec(42, 1, 0, DIMENSION, Namespace.Distance.COSINE, Namespace.DEFAULT_LANGUAGE);

  private final SplittableRandom random = new SplittableRandom(7);

  /** As long as it is not told of work, the indexer is behind by all that there is. */
  private static PartitionContainer container(VectorMemory memory) {
    IndexOptions options =
        IndexOptions.of(1).withTiers(new IndexOptions.Tiers(Codes.TWO_BITS, 8, 20));
    return new PartitionContainer(new ShardEnvironment(memory, options, 0, 1 << 20, shard -> {}));
  }

  private record OnlyPartition(PartitionContainer partition) implements StoredPartitions.Member {
    @Override
    public PartitionContainer container(int number) {
      return partition;
    }

    @Override
    public RegistryTable registry() {
      return new RegistryTable();
    }

    @Override
    public void install(int number, List<byte[]> chunks) {
      throw new AssertionError("there is no image");
    }

    @Override
    public void clear(int number) {
      partition.clear();
    }
  }

  private MemoryWrite store(int number) {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return new MemoryWrite(
        "m" + number,
        false,
        "memory " + number,
        MemoryType.EPISODIC,
        0.5f,
        List.of(),
        null,
        null,
        null,
        null,
        vector,
        Verdict.NONE,
        new MemoryWrite.Author("key", "author", Provenance.Origin.STORED),
        1,
        null);
  }

  /** Stores all memories at a writer that has room, and reads that as from a log. */
  private void storeAll(PartitionContainer writer, StoredPartitions reader) throws IOException {
    for (int i = 0; i < MEMORIES; i++) {
      PartitionContainer.Outcome outcome =
          writer.write(List.of(SPEC), 1, List.of(Draft.of(store(i))), 0);
      byte[] logged = LogEntry.encode(LogEntry.Changes.of(outcome.changes()));
      reader.change(PARTITION, writer.last(), logged);
    }
  }

  /** Whoever writes waits for the graphs when they are behind; nobody does at the start. */
  @Test
  void aLogOfMoreThanFitsBeforeWhatWasReplacedIsOutOfTheGraphIsReadAllTheSame() throws IOException {
    VectorMemory room = VectorMemory.poisoning(1L << 30);
    PartitionContainer writer = container(room);
    PartitionContainer unbounded = container(room);
    storeAll(writer, new StoredPartitions(new OnlyPartition(unbounded)));
    unbounded.finishGraphs();
    long once = room.usedBytes() / 2;

    VectorMemory little = VectorMemory.poisoning(once + once / 2);
    PartitionContainer bounded = container(little);
    StoredPartitions reader = new StoredPartitions(new OnlyPartition(bounded));
    storeAll(writer, reader);
    bounded.finishGraphs();
    storeAll(writer, reader);
    assertThat(bounded.shards())
        .singleElement()
        .satisfies(shard -> assertThat(shard.size()).isEqualTo(MEMORIES));
    for (PartitionContainer each : List.of(writer, unbounded, bounded)) {
      each.clear();
    }
    assertThat(room.usedBytes() + little.usedBytes()).isZero();
  }
}
