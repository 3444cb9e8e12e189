package io.mnemogrid.node.grid.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.DurableFile;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterShapeTest {
  private static final Path FILES = Path.of("data", "current");
  private static final Path FILE = FILES.resolve("cluster");
  private static final ClusterShape SHAPE = new ClusterShape(0x1234_5678_9ABC_DEF0L, 271, 3, 2);

  private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));

  @BeforeEach
  void makeFolder() {
    disk.createFolder(FILES);
  }

  @Test
  void itComesBackAsItWasWrittenLastAndAfterALossOfPowerToo() throws IOException {
    assertThat(ClusterShape.read(disk, FILES)).isEmpty();
    new ClusterShape(1, 271, 1, 1).write(disk, FILES);
    SHAPE.write(disk, FILES);
    disk.losePower();
    assertThat(ClusterShape.read(disk, FILES)).contains(SHAPE);
  }

  @Test
  void theFormIsTheOneThatIsOnDisksAlready() throws IOException {
    byte[] written =
        HexFormat.of()
            .parseHex("00000003" + "123456789abcdef0" + "0000010f" + "00000003" + "00000002");
    SHAPE.write(disk, FILES);
    assertThat(new DurableFile(disk, FILE).read()).contains(written);
    written[3] = 9;
    new DurableFile(disk, FILE).write(written);
    assertThatThrownBy(() -> ClusterShape.read(disk, FILES))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is of format 9; this node knows 3");
  }

  @Test
  void damageIsToldApartFromAFormatThatIsNotKnown() throws IOException {
    SHAPE.write(disk, FILES);
    disk.flip(FILE, 200);
    assertThatThrownBy(() -> ClusterShape.read(disk, FILES))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("cluster");
  }
}
