package io.mnemogrid.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.memory.MemoryCopies.Copy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryFileTest {
  private static final String GOLDEN = "memories-v1.bin";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsWrittenIsRead(boolean compressed) throws IOException {
    for (int count : new int[] {0, 1, 7, 9_000}) {
      List<Copy> copies = MemoryFiles.copies(new SplittableRandom(count), count);
      Path file = folder.resolve("memories-" + count + ".bin");
      MemoryFileWriter.Written written = MemoryFiles.write(file, compressed, copies);
      assertThat(written.copies()).isEqualTo(count);
      assertThat(written.bytes()).isEqualTo(Files.size(file));
      assertThat(written.sha256()).isEqualTo(Sha256.of(Files.readAllBytes(file)));
      MemoryFiles.Contents read = MemoryFiles.read(file);
      assertThat(shown(read.copies())).isEqualTo(shown(copies));
      assertThat(read.sha256()).isEqualTo(written.sha256());
    }
  }

  /** The file as it is now is left in {@code target}, for when the format changes on purpose. */
  @Test
  void theGoldenFileOfFormat1IsReadAndWrittenAlike() throws IOException {
    List<Copy> copies =
        List.of(
            new Copy(
                "a record".getBytes(StandardCharsets.UTF_8), new float[] {0.5f, -2}, 3, 1_700L),
            new Copy("gone".getBytes(StandardCharsets.UTF_8), null, 0, 0));
    Path now = Path.of("target", GOLDEN);
    MemoryFiles.write(now, false, copies);
    byte[] golden;
    try (InputStream in = MemoryFileTest.class.getResourceAsStream(GOLDEN)) {
      golden = Objects.requireNonNull(in, GOLDEN).readAllBytes();
    }
    assertThat(Files.readAllBytes(now)).isEqualTo(golden);
    assertThat(shown(MemoryFiles.read(now).copies())).isEqualTo(shown(copies));
  }

  @Test
  void aFileOfAnotherFormatIsRefusedByName() throws IOException {
    Path file = folder.resolve("memories-0.bin");
    MemoryFiles.write(file, false, List.of());
    byte[] bytes = Files.readAllBytes(file);
    bytes[Long.BYTES] = 9;
    Files.write(file, bytes);
    assertThatThrownBy(() -> MemoryFiles.read(file))
        .isInstanceOf(DamagedBackupException.class)
        .hasMessage(
            "memories-0.bin is damaged at byte 8: it says that it is of format 9; this node reads 1");
  }

  @Test
  void whatFollowsTheEndIsDamage() throws IOException {
    Path file = folder.resolve("memories-0.bin");
    MemoryFiles.write(file, false, List.of());
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    assertThatThrownBy(() -> MemoryFiles.read(file))
        .hasMessage(
            "memories-0.bin is damaged at byte %d: something follows its end"
                .formatted(bytes.length));
  }

  private static List<String> shown(List<Copy> copies) {
    return copies.stream()
        .map(copy ->
            "%s %s %d %d"
                .formatted(
                    HexFormat.of().formatHex(copy.record()),
                    Arrays.toString(copy.vector()),
                    copy.accessCount(),
                    copy.lastAccessedAt()))
        .toList();
  }
}
