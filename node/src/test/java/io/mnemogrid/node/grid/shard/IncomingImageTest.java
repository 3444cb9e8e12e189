package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.Containers.container;
import static io.mnemogrid.node.grid.shard.Containers.digest;
import static io.mnemogrid.node.grid.shard.Containers.image;
import static io.mnemogrid.node.grid.shard.Containers.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.testing.Samples;
import io.mnemogrid.vector.VectorMemory;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncomingImageTest {
  private static final int MEMORIES = 50;
  private static final int CHUNK_BYTES = 100;
  private static final ShardSpec SPEC = ShardSpec.usual(42, 1, 4);

  private final VectorMemory memory = VectorMemory.poisoning(64 << 20);
  private final PartitionContainer owner = owner();
  private final PartitionContainer copy = container(memory);

  @AfterEach
  void allMemoryIsBack() {
    owner.clear();
    copy.clear();
    assertThat(memory.usedBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100, 1 << 20})
  void anImageIsReadFromChunksCutAnywhere(int chunkBytes) throws IOException {
    List<byte[]> chunks = image(owner, chunkBytes);
    try (IncomingImage<PartitionImage> incoming = incoming()) {
      for (byte[] chunk : chunks.subList(0, chunks.size() - 1)) {
        incoming.accept(chunk);
      }
      try (PartitionImage image = incoming.finish(chunks.getLast())) {
        copy.install(image);
      }
    }
    assertThat(digest(copy, SPEC)).isEqualTo(digest(owner, SPEC)).hasSize(MEMORIES);
  }

  @Test
  void allButTheLastChunkIsReadBeforeItComes() throws IOException {
    List<byte[]> chunks = image(owner, CHUNK_BYTES);
    long before = memory.usedBytes();
    try (IncomingImage<PartitionImage> incoming = incoming()) {
      for (byte[] chunk : chunks.subList(0, chunks.size() - 1)) {
        incoming.accept(chunk);
      }
      assertThat(memory.usedBytes()).isGreaterThan(before);
    }
  }

  @Test
  void whatCameOfAnImageThatIsGivenUpIsFreed() throws IOException {
    List<byte[]> chunks = image(owner, CHUNK_BYTES);
    long before = memory.usedBytes();
    for (int came = 0; came < chunks.size(); came++) {
      try (IncomingImage<PartitionImage> incoming = incoming()) {
        for (byte[] chunk : chunks.subList(0, came)) {
          incoming.accept(chunk);
        }
      }
      assertThat(memory.usedBytes()).as("after %d chunks", came).isEqualTo(before);
    }
  }

  @Test
  void anImageWhoseChecksumDoesNotHoldIsRefusedAndFreed() throws IOException {
    List<byte[]> chunks = image(owner, CHUNK_BYTES);
    byte[] last = chunks.getLast();
    last[last.length - 1] ^= 1;
    long before = memory.usedBytes();
    try (IncomingImage<PartitionImage> incoming = incoming()) {
      for (byte[] chunk : chunks.subList(0, chunks.size() - 1)) {
        incoming.accept(chunk);
      }
      assertThatThrownBy(() -> incoming.finish(last))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("checksum does not hold");
    }
    assertThat(memory.usedBytes()).isEqualTo(before);
  }

  @Test
  void anImageThatEndsTooEarlyIsRefused() throws IOException {
    List<byte[]> chunks = image(owner, CHUNK_BYTES);
    byte[] onlyChecksum = {};
    try (IncomingImage<PartitionImage> incoming = incoming()) {
      incoming.accept(chunks.getFirst());
      assertThatThrownBy(() -> incoming.finish(onlyChecksum))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("before its checksum");
    }
  }

  @Test
  void theChunkThatCannotBeReadIsRefused() throws IOException {
    byte[] ofNoFormat = {99, 0, 0};
    try (IncomingImage<PartitionImage> incoming = incoming()) {
      assertThatThrownBy(() -> incoming.accept(ofNoFormat))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("format 99 came");
      assertThatThrownBy(() -> incoming.accept(ofNoFormat)).isInstanceOf(IOException.class);
    }
  }

  private IncomingImage<PartitionImage> incoming() {
    return IncomingImage.readBy(in -> PartitionImage.read(in, copy));
  }

  private PartitionContainer owner() {
    PartitionContainer made = container(memory);
    SplittableRandom random = new SplittableRandom(MEMORIES);
    List<Draft> drafts =
        IntStream.range(0, MEMORIES)
            .mapToObj(i -> {
              float[] vector = Samples.vector(random, SPEC.dimension());
              return Draft.of(store("m" + i, "the memory " + i, 0.5f, vector));
            })
            .toList();
    made.write(List.of(SPEC), 1, drafts, 0);
    return made;
  }
}
