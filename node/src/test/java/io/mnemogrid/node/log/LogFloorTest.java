package io.mnemogrid.node.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.log.disk.DurableFile;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogFloorTest {
  private static final Path FOLDER = Path.of("wal");
  private static final String GOLDEN =
      "0700000000000000" + "01000000" + "01000000" + "05000000" + "0903000000000000";

  private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
  private final DurableFile file = new DurableFile(disk, FOLDER.resolve("oldest"));

  @BeforeEach
  void makeFolder() throws IOException {
    disk.createFolder(FOLDER);
  }

  @Test
  void whereNothingWasDeletedThereIsNone() throws IOException {
    assertThat(LogFloor.read(disk, FOLDER)).isEqualTo(LogFloor.NONE);
  }

  @Test
  void itIsReadAsItWasWritten() throws IOException {
    LogFloor floor = new LogFloor(12, Map.of(0, 1L, 270, Long.MAX_VALUE));
    floor.write(disk, FOLDER);
    assertThat(LogFloor.read(disk, FOLDER)).isEqualTo(floor);
  }

  @Test
  void itsFormStaysAsItIs() throws IOException {
    LogFloor floor = new LogFloor(7, Map.of(5, 0x309L));
    floor.write(disk, FOLDER);
    assertThat(HexFormat.of().formatHex(file.read().orElseThrow())).isEqualTo(GOLDEN);
  }

  @Test
  void oneOfTheFormerFormSaysNothingOfCheckpoints() throws IOException {
    file.write(HexFormat.of().parseHex("0700000000000000"));
    assertThat(LogFloor.read(disk, FOLDER)).isEqualTo(new LogFloor(7, Map.of()));
  }

  @Test
  void oneOfAnotherFormatIsRefusedByName() throws IOException {
    file.write(HexFormat.of().parseHex("0700000000000000" + "02000000"));
    assertThatThrownBy(() -> LogFloor.read(disk, FOLDER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.path() + " is of format 2")
        .hasMessageContaining("knows 1");
  }
}
