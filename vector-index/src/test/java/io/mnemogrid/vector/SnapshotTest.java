package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mnemogrid.vector.hnsw.GraphValidator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {
  private static final int DIM = 16;
  private static final IndexOptions.Tiers TIERS = new IndexOptions.Tiers(Codes.NONE, 20, 50);
  private static final String GOLDEN = "/index-image-v2.bin";

  private final VectorMemory memory = VectorMemory.poisoning(64 << 20);

  @AfterEach
  void allMemoryIsBack() {
    assertThat(memory.usedBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, INT8", "1, INT8", "5, INT8", "90, INT8", "700, INT8", "90, FLOAT32", "90, INT24"})
  void anIndexComesBackAsItWas(int count, RowFormat format) {
    try (var index = build(count, format)) {
      byte[] image = imageOf(index, 1_000);
      try (var copy = load(image)) {
        assertThat(copy.options()).isEqualTo(index.options());
        assertSame(index, copy);
        while (copy.maintain(100) > 0) {
          assertThat(copy.tier()).isNotNull();
        }
        assertThat(copy.pending()).isZero();
        if (copy.tier() != null) {
          GraphValidator.validate(
              "reloaded", copy.tier().graph(), copy.tier().linked(), copy.live());
        }
        float[] vector = Vectors.gaussian(new SplittableRandom(3), DIM);
        int slot = copy.insert(vector);
        try (var reader = copy.openReader()) {
          assertThat(reader.search(vector, SearchParameters.of(1)).slot(0)).isEqualTo(slot);
        }
        assertThat(copy.offHeapBytes() + index.offHeapBytes()).isEqualTo(memory.usedBytes());
      }
    }
  }

  @Test
  void anImageIsThatOfItsMomentWhateverTheWriterDoesMeanwhile() {
    var random = new SplittableRandom(8);
    try (var index = build(60);
        var same = load(imageOf(index, 100))) {
      byte[] image;
      try (var snapshot = index.snapshot()) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; snapshot.hasNext(); i++) {
          out.writeBytes(snapshot.next(97));
          index.insert(Vectors.gaussian(random, DIM));
          if (i % 3 == 0) {
            index.delete(i + 20);
          }
          assertThat(index.maintain(10)).isZero();
        }
        image = out.toByteArray();
      }
      try (var copy = load(image)) {
        assertSame(same, copy);
      }
      assertThat(index.maintain(10)).isEqualTo(10);
    }
  }

  /** When all vectors are replaced, there are moments at which no node of the graph will stay. */
  @Test
  void theImageOfEveryMomentOfReplacingAllCanBeRead() {
    var random = new SplittableRandom(77);
    var options = IndexOptions.of(8).withTiers(new IndexOptions.Tiers(Codes.NONE, 0, 100));
    try (var index = new VectorIndex(options, memory)) {
      List<Integer> slots = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        slots.add(index.insert(Vectors.gaussian(random, 8)));
      }
      index.maintain(Integer.MAX_VALUE);
      slots.forEach(slot -> index.replace(slot, Vectors.gaussian(random, 8)));
      int moments = 0;
      while (index.maintain(3) > 0) {
        try (var reader = new SnapshotReader(memory)) {
          reader.accept(imageOf(index, 4_096));
          try (VectorIndex copy = reader.finish()) {
            assertThat(copy.size()).isEqualTo(300);
            copy.maintain(Integer.MAX_VALUE);
            assertThat(copy.pending()).isZero();
          }
        }
        moments++;
      }
      assertThat(moments).isGreaterThan(100);
      assertThat(index.pending()).isZero();
    }
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] image = smallImage();
    for (int length = 0; length < image.length; length += length < 150 ? 1 : 17) {
      try (var reader = new SnapshotReader(memory)) {
        reader.accept(Arrays.copyOf(image, length));
        assertThatThrownBy(reader::finish)
            .as("length %d", length)
            .isInstanceOf(SnapshotException.class)
            .hasMessageContaining("truncated");
      }
    }
    assertRefused(Arrays.copyOf(image, image.length + 1), "a byte too many");
  }

  @Test
  void everyFlippedBitIsRefused() {
    byte[] image = smallImage();
    var random = new SplittableRandom(4);
    for (int i = 0; i < 1_000; i++) {
      int at = i < 100 ? i : random.nextInt(image.length);
      byte[] flipped = image.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      assertRefused(flipped, "flip at " + at);
    }
  }

  @Test
  void aForeignFileIsRefused() {
    assertRefused(new byte[10_000], "zeros");
    assertRefused("<html>".repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8), "text");
  }

  @Test
  void anImageThatDoesNotFitIsRefusedAndLeavesNothing() {
    byte[] image = smallImage();
    var small = new VectorMemory(20_000);
    try (var reader = new SnapshotReader(small)) {
      assertThatThrownBy(() -> reader.accept(image)).isInstanceOf(VectorMemoryExhausted.class);
    }
    assertThat(small.usedBytes()).isZero();
    assertThat(small.reservedBytes()).isZero();
  }

  @Test
  void anImageGivenUpLeavesNothing() {
    byte[] image = smallImage();
    try (var reader = new SnapshotReader(memory)) {
      reader.accept(Arrays.copyOf(image, image.length / 2));
      assertThat(memory.usedBytes()).isPositive();
    }
    assertThat(memory.usedBytes()).isZero();
  }

  /**
   * The golden image was written by version 2; a later version has to read it, or say it cannot.
   */
  @Test
  void theGoldenImageOfVersion2IsReadAndWrittenAlike() throws IOException {
    byte[] golden;
    try (InputStream in = SnapshotTest.class.getResourceAsStream(GOLDEN)) {
      assertThat(in).as(GOLDEN).isNotNull();
      golden = in.readAllBytes();
    }
    try (var index = load(golden)) {
      assertThat(index.options())
          .isEqualTo(IndexOptions.of(DIM).withGraph(4, 30).withTiers(TIERS).withSeed(7));
      assertThat(index.size()).isEqualTo(90);
      assertThat(imageOf(index, 64)).isEqualTo(golden);
      float[] first = Vectors.clustered(new SplittableRandom(21), 1, DIM, 1)[0];
      try (var reader = index.openReader()) {
        Hits hits = reader.search(first, SearchParameters.of(3));
        assertThat(hits.count()).isEqualTo(3);
        assertThat(hits.score(0)).isCloseTo(reader.scores(first, hits.slot(0))[0], within(1e-5f));
      }
    }
  }

  @Test
  void anImageOfVersion1IsRefusedByName() throws IOException {
    try (InputStream in = SnapshotTest.class.getResourceAsStream("/index-image-v1.bin");
        var reader = new SnapshotReader(memory)) {
      assertThat(in).isNotNull();
      byte[] image = in.readAllBytes();
      assertThatThrownBy(() -> reader.accept(image))
          .isInstanceOf(SnapshotException.class)
          .hasMessageContaining("version 1")
          .hasMessageContaining("reads 2");
    }
  }

  private void assertRefused(byte[] image, String what) {
    try (var reader = new SnapshotReader(memory)) {
      assertThatThrownBy(
              () -> {
                reader.accept(image);
                reader.finish();
              })
          .as(what)
          .isInstanceOf(SnapshotException.class);
      assertThat(memory.usedBytes()).as(what).isZero();
    }
  }

  private byte[] smallImage() {
    try (var index = build(90)) {
      return imageOf(index, 4_096);
    }
  }

  /** Some in the graph, some in the tail, some deleted in either; with a graph above 50. */
  private VectorIndex build(int count) {
    return build(count, RowFormat.INT8);
  }

  private VectorIndex build(int count, RowFormat format) {
    var options =
        IndexOptions.of(DIM).withRows(format).withGraph(4, 30).withTiers(TIERS).withSeed(7);
    var index = new VectorIndex(options, memory);
    float[][] vectors = Vectors.clustered(new SplittableRandom(21), count + 30, DIM, 6);
    for (int i = 0; i < count; i++) {
      index.insert(vectors[i]);
    }
    index.maintain(count * 3 / 4);
    for (int i = 0; i < 30; i++) {
      index.insert(vectors[count + i]);
    }
    for (int i = 0; i < 30; i++) {
      index.delete(i * (count + 30) / 30);
    }
    return index;
  }

  static byte[] imageOf(VectorIndex index, int chunkBytes) {
    var out = new ByteArrayOutputStream();
    try (var snapshot = index.snapshot()) {
      long size = snapshot.remainingBytes();
      while (snapshot.hasNext()) {
        out.writeBytes(snapshot.next(chunkBytes));
      }
      assertThat(out.size()).isEqualTo((int) size);
    }
    return out.toByteArray();
  }

  private VectorIndex load(byte[] image) {
    try (var reader = new SnapshotReader(memory)) {
      for (int at = 0; at < image.length; at += 333) {
        reader.accept(Arrays.copyOfRange(image, at, Math.min(image.length, at + 333)));
      }
      return reader.finish();
    }
  }

  private static void assertSame(VectorIndex index, VectorIndex copy) {
    assertThat(copy.size()).isEqualTo(index.size());
    assertThat(copy.pending()).isEqualTo(index.pending());
    var random = new SplittableRandom(2);
    try (var reader = index.openReader();
        var copyReader = copy.openReader()) {
      for (int i = 0; i < 20; i++) {
        float[] query = Vectors.gaussian(random, DIM);
        Hits want = reader.search(query, SearchParameters.of(10));
        Hits got = copyReader.search(query, SearchParameters.of(10));
        assertThat(got.count()).isEqualTo(want.count());
        for (int h = 0; h < got.count(); h++) {
          assertThat(got.slot(h)).isEqualTo(want.slot(h));
          assertThat(copy.vector(got.slot(h))).isEqualTo(index.vector(got.slot(h)));
        }
      }
    }
  }
}
