package io.mnemogrid.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that were cut or changed: each is refused, and at a byte before which all is sound. */
class DamagedFileFuzzTest {
  private static final Pattern AT = Pattern.compile("damaged at byte (\\d+): ");
  private static final int ROUNDS = 150;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aChangedByteOfAFileOfMemoriesIsFound(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] sound = memories(random, seed % 2 == 0);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = sound.clone();
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      assertFound(bytes, at, "seed %d, byte %d".formatted(seed, at));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aCutFileOfMemoriesIsFound(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] sound = memories(random, seed % 2 == 0);
    for (int round = 0; round < ROUNDS; round++) {
      int length = round < 40 ? round : random.nextInt(sound.length);
      assertFound(
          Arrays.copyOf(sound, length), length, "seed %d, cut to %d".formatted(seed, length));
    }
  }

  private byte[] memories(SplittableRandom random, boolean compressed) throws IOException {
    Path file = folder.resolve("sound");
    MemoryFiles.write(file, compressed, MemoryFiles.copies(random, 5_500));
    byte[] sound = Files.readAllBytes(file);
    assertThat(sound.length).isGreaterThan(MemoryFileLayout.BLOCK_BYTES);
    return sound;
  }

  private void assertFound(byte[] bytes, int changedAt, String as) throws IOException {
    Path file = folder.resolve("memories-0.bin");
    Files.write(file, bytes);
    assertThatThrownBy(() -> MemoryFiles.read(file))
        .as(as)
        .isInstanceOf(DamagedBackupException.class)
        .hasMessageStartingWith("memories-0.bin is damaged at byte ")
        .satisfies(e -> {
          Matcher matcher = AT.matcher(String.valueOf(e.getMessage()));
          assertThat(matcher.find()).isTrue();
          assertThat(Long.parseLong(matcher.group(1))).as(as).isBetween(0L, (long) changedAt);
        });
  }

  @Test
  void aChangedManifestOrListOfDigestsIsFound() throws IOException {
    BackupFolder backups = new BackupFolder(folder.resolve("backups"));
    Path place = backups.begin("b1");
    MemoryFileWriter.Written written =
        MemoryFiles.write(
            place.resolve("memories-0.bin"), false, MemoryFiles.copies(new SplittableRandom(1), 3));
    backups.finish(manifest(written), Map.of("memories-0.bin", written.sha256()));
    assertThat(backups.manifest("b1")).isEqualTo(manifest(written));
    SplittableRandom random = new SplittableRandom(5);
    for (String name : List.of(BackupFolder.MANIFEST, BackupFolder.SUMS)) {
      Path file = backups.place("b1").resolve(name);
      byte[] sound = Files.readAllBytes(file);
      for (int round = 0; round < ROUNDS; round++) {
        byte[] bytes = sound.clone();
        int at = random.nextInt(bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, round % 4 == 0 ? Arrays.copyOf(bytes, at) : bytes);
        assertRefusedOrTheSame(backups, written, "%s, byte %d".formatted(name, at));
      }
      Files.write(file, sound);
    }
  }

  @Test
  void whatAKilledProcessHasLeftIsRemovedAndNothingThatAnotherIsWriting() throws IOException {
    Path dir = folder.resolve("remains");
    BackupFolder backups = new BackupFolder(dir);
    backups.removeRemains(); // of a folder that is not there yet
    Path whole = backups.begin("b1");
    MemoryFileWriter.Written written =
        MemoryFiles.write(
            whole.resolve("memories-0.bin"), false, MemoryFiles.copies(new SplittableRandom(1), 3));
    backups.finish(manifest(written), Map.of("memories-0.bin", written.sha256()));
    Path half = Files.createDirectory(dir.resolve("b2.unfinished"));
    Files.writeString(half.resolve("memories-0.bin"), "half");
    Files.createFile(dir.resolve("b2.lock"));
    Files.createDirectory(dir.resolve("b5.unfinished"));
    BackupFolder another = new BackupFolder(dir);
    another.begin("b4");
    Files.createDirectory(dir.resolve("b3.deleted"));
    Files.createDirectory(dir.resolve("an operator's own.deleted"));
    backups.removeRemains();
    try (Stream<Path> left = Files.list(dir)) {
      assertThat(left.map(path -> String.valueOf(path.getFileName())))
          .containsExactlyInAnyOrder("b1", "b4.unfinished", "b4.lock", "an operator's own.deleted");
    }
    another.abandon("b4");
    backups.removeRemains();
    assertThat(dir.resolve("b4.unfinished")).doesNotExist();
    assertThat(dir.resolve("b4.lock")).doesNotExist();
  }

  /** A change in the digest of the other file is found when that is read. */
  private static void assertRefusedOrTheSame(
      BackupFolder backups, MemoryFileWriter.Written written, String as) {
    try {
      assertThat(backups.manifest("b1")).as(as).isEqualTo(manifest(written));
      assertThat(backups.sums("b1").get("memories-0.bin")).as(as).isNotEqualTo(written.sha256());
    } catch (IOException e) {
      assertThat(e).as(as).isInstanceOf(DamagedBackupException.class);
      assertThat(e.getMessage()).as(as).startsWith("b1/");
    }
  }

  private static Manifest manifest(MemoryFileWriter.Written written) {
    Namespace namespace =
        new Namespace(
            "notes",
            0,
            Space.first("narrow", 192, 4),
            null,
            false,
            Namespace.Distance.COSINE,
            Namespace.DEFAULT_LANGUAGE,
            new Namespace.Deduplication(true, 0.5f),
            "a \"description\"\n",
            null,
            1_700_000_000,
            1);
    return new Manifest(
        "b1",
        "nightly",
        false,
        1_700_000_001,
        1_700_000_002,
        List.of(new SavedNamespace(namespace, "memories-0.bin", written.bytes(), 3, true)));
  }
}
