package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.testing.Samples;
import io.mnemogrid.vector.Codes;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.VectorMemory;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Containers that tests write to and copy, and what they write. */
final class Containers {
  private Containers() {}

  /** Every record, tombstones too, with its stamp. */
  static List<String> digest(PartitionContainer container, ShardSpec spec) {
    Shard shard = container.shard(spec.key());
    return shard == null
        ? List.of()
        : shard.entries().stream()
            .map(entry ->
                entry.record().id()
                    + " "
                    + entry.record().stamp()
                    + " "
                    + entry.record().isTombstone())
            .toList();
  }

  static void copy(PartitionContainer from, PartitionContainer to, int chunkBytes)
      throws IOException {
    install(image(from, chunkBytes), to);
  }

  static List<byte[]> image(PartitionContainer from, int chunkBytes) throws IOException {
    ImageBytes.Writer out = new ImageBytes.Writer(chunkBytes);
    PartitionImage.write(from, out.data());
    return out.finish();
  }

  static void install(List<byte[]> chunks, PartitionContainer to) throws IOException {
    try (PartitionImage image = PartitionImage.read(ImageBytes.verified(chunks), to)) {
      to.install(image);
    }
  }

  static PartitionContainer container(VectorMemory memory) {
    IndexOptions options =
        IndexOptions.of(1).withTiers(new IndexOptions.Tiers(Codes.TWO_BITS, 8, 20));
    return new PartitionContainer(
        new ShardEnvironment(memory, options, 0, 4_096, shard -> shard.maintain(8)));
  }

  static MemoryWrite store(String id, String content, float importance, float[] vector) {
    return store(id, content, importance, vector, null);
  }

  /**
   * @param expiresAt unix seconds, or null for never
   */
  static MemoryWrite store(
      String id, String content, float importance, float[] vector, @Nullable Long expiresAt) {
    return Samples.store(id, content)
        .importance(importance)
        .tags(List.of("a", "b"))
        .expiresAt(expiresAt)
        .vector(vector)
        .build();
  }

  static MemoryWrite update(String id, float importance) {
    return MemoryWrite.update(id).importance(importance).by(Samples.AUTHOR, 2).build();
  }
}
