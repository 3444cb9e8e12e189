package io.mnemogrid.node.log.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private final SystemDisk disk = new SystemDisk();

  @TempDir Path parent;

  private void write(Path file) throws IOException {
    disk.createFolder(Objects.requireNonNull(file.getParent()));
    try (DiskFile made = disk.create(file)) {
      made.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
      made.sync();
    }
  }

  @Test
  void noTwoProcessesHaveItOpen() throws IOException {
    Path path = parent.resolve("data");
    try (DataFolder folder = DataFolder.open(disk, path)) {
      assertThat(folder.current()).isDirectory();
      assertThatThrownBy(() -> DataFolder.open(disk, path))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("holds the lock " + path.resolve("lock"));
    }
    DataFolder.open(disk, path).close();
  }

  @Test
  void whatIsSetAsideStaysUntilItIsDeleted() throws IOException {
    try (DataFolder folder = DataFolder.open(disk, parent.resolve("data"))) {
      write(DataFolder.log(folder.current()).resolve("segment"));
      Path first = folder.setAside();
      assertThat(disk.list(folder.current())).isEmpty();
      write(DataFolder.checkpoints(folder.current()).resolve("7").resolve("checkpoint"));
      Path second = folder.setAside();
      assertThat(folder.aside()).containsExactly(first, second);
      assertThat(DataFolder.log(first).resolve("segment")).exists();
      folder.deleteAside(first);
      assertThat(folder.aside()).containsExactly(second);
      assertThat(first).doesNotExist();
      assertThat(folder.setAside()).isNotIn(first, second);
      assertThatThrownBy(() -> folder.deleteAside(folder.current()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
