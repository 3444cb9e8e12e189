package io.mnemogrid.node.log.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SystemDiskTest {
  private final SystemDisk disk = new SystemDisk();

  @TempDir Path folder;

  @Test
  void aFileIsWrittenReadExtendedAndSynced() throws IOException {
    Path path = folder.resolve("file");
    try (DiskFile file = disk.create(path)) {
      file.extend(10_000);
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 5_000);
      file.sync();
      assertThat(file.size()).isEqualTo(10_000);
      file.extend(500);
      assertThat(file.size()).isEqualTo(10_000);
    }
    try (DiskFile file = disk.open(path)) {
      ByteBuffer bytes = ByteBuffer.allocate(5);
      assertThat(file.read(bytes, 4_999)).isEqualTo(5);
      assertThat(bytes.array()).containsExactly(0, 1, 2, 3, 0);
      assertThat(file.read(ByteBuffer.allocate(100), 9_990)).isEqualTo(10);
      assertThat(file.read(ByteBuffer.allocate(100), 20_000)).isZero();
      file.sync();
    }
  }

  @Test
  void namesAreTakenOnceAndListedInOrder() throws IOException {
    disk.createFolder(folder.resolve("a").resolve("b"));
    disk.createFolder(folder.resolve("a").resolve("b"));
    disk.create(folder.resolve("c")).close();
    assertThatThrownBy(() -> disk.create(folder.resolve("c")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> disk.open(folder.resolve("d")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(disk.list(folder)).containsExactly(folder.resolve("a"), folder.resolve("c"));
    assertThat(disk.list(folder.resolve("none"))).isEmpty();
    assertThat(disk.isFolder(folder.resolve("a"))).isTrue();
    assertThat(disk.isFolder(folder.resolve("c"))).isFalse();
    disk.create(folder.resolve("e")).close();
    disk.rename(folder.resolve("e"), folder.resolve("c"));
    disk.syncFolder(folder);
    disk.delete(folder.resolve("c"));
    disk.delete(folder.resolve("c"));
    assertThat(disk.list(folder)).containsExactly(folder.resolve("a"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theRunOfTheSystemIsTheSameForEveryProcess() {
    assertThat(disk.boot()).isEqualTo(new SystemDisk().boot());
  }
}
