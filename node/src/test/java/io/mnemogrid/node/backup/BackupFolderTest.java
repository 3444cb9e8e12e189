package io.mnemogrid.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.model.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that two nodes keep their backups in. */
class BackupFolderTest {
  private static final String ID = "20260102-030405-0000002a";

  @TempDir private Path dir;
  private BackupFolder one;
  private BackupFolder other;

  @BeforeEach
  void makeBackup() throws IOException {
    one = new BackupFolder(dir);
    other = new BackupFolder(dir);
    Files.writeString(Files.createDirectory(one.place(ID)).resolve("file"), "content");
  }

  @Test
  void whatIsReadByAnyIsNotDeleted() throws IOException {
    Closeable first = one.reading(ID, "first");
    try (Closeable _ = other.reading(ID, "second")) {
      assertThatThrownBy(() -> other.remove(ID)).isInstanceOf(Refusal.Conflict.class);
      first.close();
      assertThatThrownBy(() -> one.remove(ID)).isInstanceOf(Refusal.Conflict.class);
    }
    assertThat(one.place(ID).resolve("file")).exists();
    one.remove(ID);
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void whatIsBeingDeletedIsNotRead() throws IOException {
    new WriterLocks(dir).take(ID);
    assertThatThrownBy(() -> one.reading(ID, "late")).isInstanceOf(Refusal.Conflict.class);
  }

  @Test
  void aReaderThatHasDiedKeepsNothing() throws IOException {
    Files.createFile(dir.resolve(ID + ".dead.reading"));
    one.remove(ID);
    assertThat(dir).isEmptyDirectory();
  }
}
