package io.mnemogrid.node.log.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.log.LogPosition;
import io.mnemogrid.node.log.disk.Damage;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import io.mnemogrid.node.model.Stamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointsTest {
  private static final Path FOLDER = Path.of("parts");
  private static final Path FIRST = FOLDER.resolve("7").resolve("checkpoint-00000000000000000001");
  private static final CheckpointHeader HEADER =
      new CheckpointHeader(7, new Stamp(2, 5, 91), 1_234, new LogPosition(6, 4_096), true);

  private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
  private final Checkpoints checkpoints = new Checkpoints(disk, FOLDER);
  private final List<Damage> damages = new ArrayList<>();

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static ImageChunks chunks(byte[]... chunks) {
    Iterator<byte[]> iterator = List.of(chunks).iterator();
    return () -> iterator.hasNext() ? iterator.next() : null;
  }

  private static byte[] image(long seed) {
    byte[] image = new byte[3_000];
    new SplittableRandom(seed).nextBytes(image);
    return image;
  }

  private static ImageChunks chunksOf(byte[] image) {
    byte[] first = java.util.Arrays.copyOf(image, 1_000);
    byte[] rest = java.util.Arrays.copyOfRange(image, 1_000, image.length);
    return chunks(first, rest);
  }

  private static CheckpointHeader numbered(long ordinal) {
    return new CheckpointHeader(7, HEADER.last(), ordinal, HEADER.replayFrom(), false);
  }

  private Optional<CheckpointHeader> read(ByteArrayOutputStream into) throws IOException {
    return checkpoints.readNewest(
        7,
        (damage, header) -> damages.add(damage),
        (header, chunks) -> {
          byte @Nullable [] chunk = chunks.next();
          while (chunk != null) {
            into.writeBytes(chunk);
            chunk = chunks.next();
          }
          return header;
        });
  }

  @Test
  void anImageComesBackAsItWas() throws IOException {
    checkpoints.write(HEADER, chunksOf(image(1)));
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    assertThat(read(image)).hasValue(HEADER);
    assertThat(image.toByteArray()).isEqualTo(image(1));
    assertThat(checkpoints.partitions()).containsExactly(7);
    checkpoints.delete(7);
    assertThat(checkpoints.partitions()).isEmpty();
    assertThat(read(new ByteArrayOutputStream())).isEmpty();
  }

  @Test
  void anEmptyImageIsAnImage() throws IOException {
    checkpoints.write(HEADER, chunks());
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    assertThat(read(image)).hasValue(HEADER);
    assertThat(image.size()).isZero();
  }

  @Test
  void anImageThatBreaksOffLeavesTheOneBefore() throws IOException {
    checkpoints.write(numbered(1), chunksOf(image(1)));
    assertThatThrownBy(() ->
            checkpoints.write(
                numbered(2),
                () -> {
                  throw new IOException("the shard was closed");
                }))
        .hasMessage("the shard was closed");
    assertThat(read(new ByteArrayOutputStream())).hasValue(numbered(1));
    checkpoints.write(numbered(2), chunksOf(image(2)));
    assertThat(read(new ByteArrayOutputStream())).hasValue(numbered(2));
    assertThat(damages).isEmpty();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void wheneverTheMachineStopsAWholeCheckpointIsThere(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int written = 0;
    int begun = 0;
    for (int run = 0; run < 6; run++) {
      disk.stopAfter(random.nextInt(40));
      try {
        for (int i = 0; i < 3; i++) {
          begun++;
          checkpoints.write(numbered(begun), chunksOf(image(begun)));
          written = begun;
        }
      } catch (SimulatedDisk.Stopped e) {
        assertThat(disk.isStopped()).isTrue();
      }
      disk.end(random.nextBoolean());
      ByteArrayOutputStream image = new ByteArrayOutputStream();
      long found = read(image).map(CheckpointHeader::ordinal).orElse(0L);
      assertThat(found).isBetween((long) written, (long) begun);
      assertThat(damages).isEmpty();
      if (found > 0) {
        assertThat(image.toByteArray()).isEqualTo(image(found));
      }
      written = (int) found;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aDamagedOneIsReportedUntilThereIsANewerOne(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    checkpoints.write(numbered(1), chunksOf(image(1)));
    long size = disk.contentOf(FIRST).length;
    if (random.nextBoolean()) {
      disk.flip(FIRST, random.nextLong(size * Byte.SIZE));
    } else {
      disk.truncate(FIRST, random.nextLong(size));
    }
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    assertThat(read(image)).isEmpty();
    assertThat(image.size()).isZero();
    assertThat(damages)
        .singleElement()
        .satisfies(damage -> {
          assertThat(damage.file()).isEqualTo(FIRST);
          assertThat(damage.toString()).contains(FIRST + ", offset ");
        });
    assertThat(read(image)).isEmpty();
    assertThat(damages).hasSize(2);
    checkpoints.write(numbered(2), chunksOf(image(2)));
    assertThat(read(image)).hasValue(numbered(2));
    assertThat(damages).hasSize(2);
  }

  @Test
  void theOneBeforeIsTakenWhenTheNewestIsDamaged() throws IOException {
    checkpoints.write(numbered(1), chunksOf(image(1)));
    byte[] before = disk.contentOf(FIRST);
    checkpoints.write(numbered(2), chunksOf(image(2)));
    // The machine stopped before the older one was deleted.
    disk.put(FIRST, before);
    disk.flip(FOLDER.resolve("7").resolve("checkpoint-00000000000000000002"), 9_999);
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    assertThat(read(image)).hasValue(numbered(1));
    assertThat(image.toByteArray()).isEqualTo(image(1));
    assertThat(damages).hasSize(1);
  }

  @Test
  void aCheckpointInAnotherPartitionsFolderIsDamage() throws IOException {
    checkpoints.write(HEADER, chunksOf(image(1)));
    disk.rename(FOLDER.resolve("7"), FOLDER.resolve("8"));
    assertThat(
            checkpoints.readNewest(
                8, (damage, header) -> damages.add(damage), (header, chunks) -> 1))
        .isEmpty();
    assertThat(damages).singleElement().extracting(Damage::what).isEqualTo("it is of partition 7");
  }

  /** Written by version 1; a later version has to read it, or say it cannot. */
  @Test
  void theGoldenCheckpointOfVersion1IsReadAndWrittenAlike() throws IOException {
    byte[] golden;
    try (InputStream in = CheckpointsTest.class.getResourceAsStream("checkpoint-v1.bin")) {
      assertThat(in).isNotNull();
      golden = in.readAllBytes();
    }
    disk.put(FIRST, golden);
    ByteArrayOutputStream image = new ByteArrayOutputStream();
    assertThat(read(image)).hasValue(HEADER);
    assertThat(image.toByteArray()).isEqualTo(image(1));
    checkpoints.write(HEADER, chunksOf(image(1)));
    assertThat(disk.contentOf(FIRST.resolveSibling("checkpoint-00000000000000000002")))
        .isEqualTo(golden);
  }
}
