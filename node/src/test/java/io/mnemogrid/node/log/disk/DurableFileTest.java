package io.mnemogrid.node.log.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DurableFileTest {
  private static final Path FOLDER = Path.of("data");
  private static final Path PATH = FOLDER.resolve("record");

  private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
  private final DurableFile file = new DurableFile(disk, PATH);

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aRecordIsThereAsItWasWrittenLast() throws IOException {
    assertThat(file.read()).isEmpty();
    file.write(bytes("one"));
    file.write(bytes("another"));
    file.write(bytes(""));
    assertThat(file.read()).hasValue(bytes(""));
    file.write(bytes("the last"));
    assertThat(file.read()).hasValue(bytes("the last"));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void wheneverTheMachineStopsTheOldRecordOrTheNewOneIsThere(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedDisk failing = new SimulatedDisk(random.split());
    DurableFile record = new DurableFile(failing, PATH);
    int written = 0;
    int begun = 0;
    for (int run = 0; run < 5; run++) {
      failing.stopAfter(random.nextInt(25));
      try {
        for (int i = 0; i < 4; i++) {
          begun++;
          record.write(bytes("record " + begun));
          written = begun;
        }
      } catch (SimulatedDisk.Stopped e) {
        assertThat(failing.isStopped()).isTrue();
      }
      failing.end(random.nextBoolean());
      int found =
          record
              .read()
              .map(text -> Integer.parseInt(new String(text, StandardCharsets.UTF_8).substring(7)))
              .orElse(0);
      assertThat(found).isIn(written, begun);
      written = found;
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyChangeOfAnyBitIsNoticed(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    file.write(bytes("what a node has promised"));
    long size = disk.contentOf(PATH).length;
    if (random.nextBoolean()) {
      disk.flip(PATH, random.nextLong(size * Byte.SIZE));
    } else {
      disk.truncate(PATH, random.nextLong(size));
    }
    assertThatThrownBy(file::read)
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("data/record, offset 0: ");
    assertThat(file.setAside()).isEqualTo(FOLDER.resolve("record.damaged"));
    assertThat(file.read()).isEmpty();
  }

  /** The bytes of version 1; a later version has to read them, or say it cannot. */
  @Test
  void theGoldenRecordOfVersion1IsReadAndWrittenAlike() throws IOException {
    byte[] golden = HexFormat.of().parseHex("4d4e4d4f52454331010000000600000047b6bbed676f6c64656e");
    disk.put(PATH, golden);
    assertThat(file.read()).hasValue(bytes("golden"));
    file.write(bytes("golden"));
    assertThat(disk.contentOf(PATH)).isEqualTo(golden);
  }

  @Test
  void aLaterVersionIsRefusedByName() {
    byte[] later = new byte[40];
    System.arraycopy(bytes("MNMOREC1"), 0, later, 0, 8);
    later[8] = 2;
    disk.put(PATH, later);
    assertThatThrownBy(file::read)
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("it has version 2, this program reads 1");
  }
}
