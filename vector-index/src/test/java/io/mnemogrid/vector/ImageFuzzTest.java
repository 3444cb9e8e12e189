package io.mnemogrid.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.mnemogrid.vector.hnsw.GraphValidator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Images that were damaged and then given checksums that fit, so that only what is checked of their
 * contents keeps them out. What is let in has to be an index like any other.
 */
class ImageFuzzTest {
  private static final int DIM = 16;
  private static final int ROUNDS = 400;
  private static final int HEADER_BYTES = 88;
  private static final int FIRST_FIELD = 12;
  private static final int CHECKSUM_BYTES = 4;

  private final VectorMemory memory = VectorMemory.poisoning(4 << 20);
  private int taken;
  private int refused;

  @ParameterizedTest
  @CsvSource({
    "1, COSINE, INT8, NONE",
    "2, EUCLIDEAN, FLOAT32, NONE",
    "3, DOT_PRODUCT, FLOAT32, TWO_BITS",
    "4, COSINE, INT24, ONE_BIT",
    "5, EUCLIDEAN, INT8, TWO_BITS"
  })
  void aDamagedImageIsRefusedOrAnIndexLikeAnyOther(
      long seed, Similarity similarity, RowFormat rows, Codes codes) {
    var random = new SplittableRandom(seed);
    var options =
        IndexOptions.of(DIM)
            .withSimilarity(similarity)
            .withRows(rows)
            .withGraph(4, 30)
            .withTiers(new IndexOptions.Tiers(codes, 20, 50))
            .withSeed(seed);
    byte[] image = image(random, options);
    for (int round = 0; round < ROUNDS; round++) {
      String when = "seed %d round %d".formatted(seed, round);
      byte[] damaged = image.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        damage(random, damaged);
      }
      repairChecksums(damaged);
      load(when, random, damaged);
      assertThat(memory.usedBytes()).as(when).isZero();
    }
    assertThat(taken).as("seed %d", seed).isGreaterThan(ROUNDS / 20);
    assertThat(refused).as("seed %d", seed).isGreaterThan(ROUNDS / 20);
  }

  /** Some in the graph, some deleted there, some being taken out, some in the tail. */
  private byte[] image(SplittableRandom random, IndexOptions options) {
    try (var index = new VectorIndex(options, memory)) {
      float[][] vectors = Vectors.clustered(random, 120, DIM, 6);
      for (int i = 0; i < 90; i++) {
        index.insert(vectors[i]);
      }
      index.buildGraph(1);
      for (int i = 0; i < 30; i += 2) {
        index.delete(i);
      }
      index.maintain(3);
      for (int i = 90; i < 120; i++) {
        index.insert(vectors[i]);
      }
      for (int i = 31; i < 60; i += 3) {
        index.delete(i);
      }
      return SnapshotTest.imageOf(index, 4_096);
    }
  }

  private static void damage(SplittableRandom random, byte[] image) {
    ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    int body = image.length - HEADER_BYTES - CHECKSUM_BYTES;
    int at = HEADER_BYTES + random.nextInt(body);
    int word = HEADER_BYTES + random.nextInt(body / Integer.BYTES) * Integer.BYTES;
    int other = HEADER_BYTES + random.nextInt(body / Integer.BYTES) * Integer.BYTES;
    switch (random.nextInt(6)) {
      case 0 -> image[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> image[at] = (byte) random.nextInt();
      case 2 -> bytes.putInt(word, random.nextInt(130) - 2);
      case 3 -> bytes.putInt(word, bytes.getInt(other));
      case 4 -> bytes.putInt(word, random.nextInt());
      default -> {
        int fields = (HEADER_BYTES - CHECKSUM_BYTES - FIRST_FIELD) / Integer.BYTES;
        int field = FIRST_FIELD + random.nextInt(fields) * Integer.BYTES;
        boolean little = random.nextBoolean();
        bytes.putInt(
            field, little ? bytes.getInt(field) + random.nextInt(5) - 2 : random.nextInt());
      }
    }
  }

  private static void repairChecksums(byte[] image) {
    ByteBuffer bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    for (int end : new int[] {HEADER_BYTES, image.length}) {
      var crc = new CRC32C();
      crc.update(image, 0, end - CHECKSUM_BYTES);
      bytes.putInt(end - CHECKSUM_BYTES, (int) crc.getValue());
    }
  }

  private void load(String when, SplittableRandom random, byte[] image) {
    VectorIndex index;
    try (var reader = new SnapshotReader(memory)) {
      reader.accept(image);
      index = reader.finish();
    } catch (SnapshotException | VectorMemoryExhausted e) {
      refused++; // for memory: a header may well ask for more than there is
      return;
    } catch (RuntimeException | AssertionError e) {
      fail(when, e);
      return;
    }
    taken++;
    try (index) {
      use(when, random, index);
    } catch (RuntimeException e) {
      fail(when, e);
    }
  }

  private static void use(String when, SplittableRandom random, VectorIndex index) {
    search(when, random, index);
    validate(when, index);
    index.insert(Vectors.gaussian(random, DIM));
    List<Integer> slots = new ArrayList<>();
    for (int slot = 0; slot < 130; slot++) {
      if (index.live().contains(slot)) {
        slots.add(slot);
      }
    }
    slots.stream().filter(slot -> slot % 4 == 1).forEach(index::delete);
    while (index.maintain(500) > 0) {
      validate(when, index);
    }
    assertThat(index.pending()).as(when).isZero();
    search(when, random, index);
    for (int slot : slots) {
      if (slot % 4 != 1) {
        for (float element : index.vector(slot)) {
          assertThat(element).as(when).isFinite();
        }
      }
    }
  }

  private static void search(String when, SplittableRandom random, VectorIndex index) {
    try (var reader = index.openReader()) {
      for (SlotFilter filter : Arrays.<SlotFilter>asList(null, slot -> slot % 3 == 0)) {
        Hits hits =
            reader.search(
                Vectors.gaussian(random, DIM), SearchParameters.of(10).withFilter(filter));
        assertThat(hits.complete()).as(when).isTrue();
        for (int i = 0; i < hits.count(); i++) {
          assertThat(hits.score(i)).as(when).isNotNaN();
          assertThat(index.live().contains(hits.slot(i))).as(when).isTrue();
        }
      }
    }
  }

  private static void validate(String when, VectorIndex index) {
    GraphTier tier = index.tier();
    if (tier != null) {
      GraphValidator.validate(when, tier.graph(), tier.linked(), index.live());
    }
  }
}
