package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VectorIndexTest {
  private static final int DIM = 32;
  private static final SearchParameters TEN = SearchParameters.of(10);

  private final VectorMemory memory = VectorMemory.poisoning(64 << 20);
  private final SplittableRandom random = new SplittableRandom(5);

  @AfterEach
  void allMemoryIsBack() {
    assertThat(memory.usedBytes()).isZero();
    memory.close();
  }

  @Test
  void anEmptyIndexHasNoMemoryAndNoHits() {
    try (var index = new VectorIndex(IndexOptions.of(DIM), memory);
        var reader = index.openReader()) {
      Hits hits = reader.search(Vectors.gaussian(random, DIM), TEN);
      assertThat(hits.count()).isZero();
      assertThat(hits.complete()).isTrue();
      assertThat(index.offHeapBytes()).isZero();
      assertThat(memory.reservedBytes()).isZero();
    }
  }

  static Stream<Arguments> similaritiesAndFormats() {
    return Stream.of(Similarity.values())
        .flatMap(similarity ->
            Stream.of(RowFormat.values()).map(format -> Arguments.of(similarity, format)));
  }

  @ParameterizedTest
  @MethodSource("similaritiesAndFormats")
  void scoresAreThoseOfTheSimilarity(Similarity similarity, RowFormat format) {
    // A byte is off by 1/254 of the largest element: here of about 4, times a query's length.
    double tolerance = format == RowFormat.INT8 ? 1 : 1e-3;
    var options = IndexOptions.of(DIM).withSimilarity(similarity).withRows(format);
    try (var index = new VectorIndex(options, memory)) {
      float[][] vectors = Vectors.clustered(random, 50, DIM, 5);
      for (float[] vector : vectors) {
        index.insert(vector);
      }
      float[] query = Vectors.gaussian(random, DIM);
      try (var reader = index.openReader()) {
        Hits hits = reader.search(query, TEN);
        assertThat(hits.count()).isEqualTo(10);
        for (int i = 0; i < 10; i++) {
          double want = Vectors.score(similarity, query, vectors[hits.slot(i)]);
          assertThat((double) hits.score(i)).isCloseTo(want, within(tolerance));
          assertThat(reader.scores(query, hits.slot(i))[0]).isCloseTo(hits.score(i), within(1e-4f));
          assertThat(i == 0 || hits.score(i) <= hits.score(i - 1)).isTrue();
        }
      }
    }
  }

  /** Scores are compared by what a unit of query and vector makes of them. */
  @ParameterizedTest
  @EnumSource
  void threeBytesAnElementScoreAsFloatsDo(Similarity similarity) {
    int dim = 384;
    var options = IndexOptions.of(dim).withSimilarity(similarity);
    try (var floats = new VectorIndex(options.withRows(RowFormat.FLOAT32), memory);
        var fixed = new VectorIndex(options.withRows(RowFormat.INT24), memory);
        var floatsReader = floats.openReader();
        var fixedReader = fixed.openReader()) {
      for (float[] vector : Vectors.clustered(random, 300, dim, 5)) {
        float[] query = Vectors.gaussian(random, dim);
        double unit =
            switch (similarity) {
              case COSINE -> 1;
              case DOT_PRODUCT -> length(query) * length(vector);
              case EUCLIDEAN -> Math.pow(length(query) + length(vector), 2);
            };
        int slot = floats.insert(vector);
        assertThat(fixed.insert(vector)).isEqualTo(slot);
        double want = floatsReader.scores(query, slot)[0];
        assertThat((double) fixedReader.scores(query, slot)[0])
            .isCloseTo(want, within(1e-6 * unit));
      }
    }
  }

  @Test
  void equalScoresComeInTheOrderOfTheirSlots() {
    try (var index = new VectorIndex(IndexOptions.of(DIM), memory)) {
      float[] vector = Vectors.gaussian(random, DIM);
      for (int i = 0; i < 30; i++) {
        index.insert(vector);
      }
      try (var reader = index.openReader()) {
        Hits hits = reader.search(vector, TEN);
        for (int i = 0; i < 10; i++) {
          assertThat(hits.slot(i)).isEqualTo(i);
        }
      }
    }
  }

  @Test
  void aSlotIsNotReusedWhileAReaderFromBeforeItsDeletionIsOpen() {
    try (var index = new VectorIndex(IndexOptions.of(DIM), memory)) {
      float[] vector = Vectors.gaussian(random, DIM);
      int slot = index.insert(vector);
      try (var before = index.openReader()) {
        index.delete(slot);
        assertThat(before.search(vector, TEN).count()).isZero();
        for (int i = 0; i < 20; i++) {
          assertThat(index.insert(vector)).isNotEqualTo(slot);
          index.openReader().close();
        }
      }
      assertThat(index.insert(vector)).isEqualTo(slot);
    }
  }

  @Test
  void aReaderFromBeforeItsDeletionCanStillReadAVector() {
    try (var index = new VectorIndex(IndexOptions.of(DIM), memory)) {
      float[] vector = Vectors.gaussian(random, DIM);
      int slot = index.insert(vector);
      float[] kept = index.vector(slot);
      try (var before = index.openReader()) {
        float score = before.scores(vector, slot)[0];
        index.delete(slot);
        index.trim();
        assertThat(before.scores(vector, slot)[0]).isEqualTo(score);
        assertThat(before.vector(slot)).isEqualTo(kept);
      }
      index.trim();
      try (var after = index.openReader()) {
        assertThatThrownBy(() -> after.vector(slot)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void replacingMovesTheVectorToAnotherSlot() {
    try (var index = new VectorIndex(IndexOptions.of(DIM), memory)) {
      int old = index.insert(Vectors.gaussian(random, DIM));
      float[] vector = Vectors.gaussian(random, DIM);
      int now = index.replace(old, vector);
      assertThat(now).isNotEqualTo(old);
      assertThat(index.size()).isEqualTo(1);
      assertThat(1.0)
          .isCloseTo(Vectors.score(Similarity.COSINE, vector, index.vector(now)), within(1e-3));
      assertThatThrownBy(() -> index.vector(old)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> index.delete(old)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> index.delete(-1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void badVectorsAreRefusedAndChangeNothing() {
    try (var index = new VectorIndex(IndexOptions.of(DIM), memory);
        var reader = index.openReader()) {
      float[] nan = new float[DIM];
      nan[3] = Float.NaN;
      float[] infinite = new float[DIM];
      infinite[3] = Float.NEGATIVE_INFINITY;
      for (float[] bad : new float[][] {nan, infinite, new float[DIM]}) {
        assertThatThrownBy(() -> index.insert(bad)).isInstanceOf(InvalidVectorException.class);
        assertThatThrownBy(() -> reader.search(bad, TEN))
            .isInstanceOf(InvalidVectorException.class);
      }
      assertThatThrownBy(() -> index.insert(new float[DIM + 1]))
          .isInstanceOf(DimensionMismatchException.class)
          .hasMessage("vector has 33 elements, the index 32");
      assertThat(index.size()).isZero();
      assertThat(index.offHeapBytes()).isZero();
    }
  }

  @Test
  void overTheLimitAnInsertIsRefusedAndTheIndexUnchanged() {
    try (var small = new VectorMemory(10_000)) {
      var index = new VectorIndex(IndexOptions.of(384), small);
      float[] vector = Vectors.gaussian(random, 384);
      int stored = 0;
      try {
        for (; stored < 1_000; stored++) {
          index.insert(vector);
        }
      } catch (VectorMemoryExhausted expected) {
        assertThat(small.reservedBytes()).isLessThanOrEqualTo(10_000);
      }
      assertThat(stored).isBetween(8, 25);
      assertThat(index.size()).isEqualTo(stored);
      index.delete(0);
      assertThat(index.insert(vector)).isZero(); // a free slot needs no memory
      index.close();
      assertThat(small.usedBytes()).isZero();
      assertThat(small.reservedBytes()).isZero();
    }
  }

  @Test
  void theVisitBudgetEndsASearch() {
    try (var index = new VectorIndex(IndexOptions.of(DIM), memory)) {
      for (int i = 0; i < 100; i++) {
        index.insert(Vectors.gaussian(random, DIM));
      }
      float[] query = Vectors.gaussian(random, DIM);
      try (var reader = index.openReader()) {
        assertThat(reader.search(query, TEN.withVisitBudget(99)).complete()).isFalse();
        assertThat(reader.search(query, TEN.withVisitBudget(100)).complete()).isTrue();
        Hits few = reader.search(query, TEN.withVisitBudget(50).withFilter(slot -> slot < 4));
        assertThat(few.count()).isEqualTo(4);
        assertThat(few.complete()).isTrue();
      }
    }
  }

  @Test
  void theLastReaderOfAClosedIndexFreesIt() {
    var index = new VectorIndex(IndexOptions.of(DIM), memory);
    float[] vector = Vectors.gaussian(random, DIM);
    index.insert(vector);
    try (var reader = index.openReader()) {
      index.close();
      index.close();
      assertThat(reader.search(vector, TEN).count()).isEqualTo(1);
      assertThat(memory.usedBytes()).isPositive();
    }
    assertThat(memory.usedBytes()).isZero();
    assertThatThrownBy(index::openReader).isInstanceOf(IndexClosedException.class);
    assertThatThrownBy(() -> index.insert(vector)).isInstanceOf(IndexClosedException.class);
    assertThatThrownBy(() -> index.delete(0)).isInstanceOf(IndexClosedException.class);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theRowsOfALargeIndexAreInHugePages() {
    var options = IndexOptions.of(4_096).withRows(RowFormat.FLOAT32);
    try (var index = new VectorIndex(options, memory)) {
      float[] vector = Vectors.gaussian(random, options.dimension());
      index.insert(vector);
      assertThat(memory.hugeBytes()).isZero();
      while (index.memory().rowBytes() < 4 << 20) {
        index.insert(vector);
      }
      assertThat(memory.hugeBytes()).isBetween(4L << 20, memory.reservedBytes());
    }
    assertThat(memory.hugeBytes()).isZero();
  }

  @Test
  void fiveSmallVectorsTakeLittleMoreThanTheirRows() {
    try (var index = new VectorIndex(IndexOptions.of(384), memory)) {
      for (int i = 0; i < 5; i++) {
        index.insert(Vectors.gaussian(random, 384));
      }
      assertThat(index.offHeapBytes()).isBetween(5 * 388L, 5 * 392L * 13 / 10);
      assertThat(index.offHeapBytes()).isEqualTo(memory.usedBytes());
    }
  }

  private static double length(float[] vector) {
    return Math.sqrt(Vectors.score(Similarity.DOT_PRODUCT, vector, vector));
  }
}
