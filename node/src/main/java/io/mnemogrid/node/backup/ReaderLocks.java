package io.mnemogrid.node.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * That processes read a backup: for each a file beside it, locked as long as that lasts. So a node
 * does not delete what another one restores.
 */
final class ReaderLocks {
  private static final String READING = ".reading";

  private final Path dir;

  ReaderLocks(Path dir) {
    this.dir = dir;
  }

  /**
   * Says that this process reads the backup, until what is returned is closed.
   *
   * @param reader what no other reader is called
   */
  Closeable take(String id, String reader) throws IOException {
    if (!Files.isWritable(dir)) {
      return () -> {}; // nobody can delete anything there
    }
    Path file = dir.resolve(id + "." + reader + READING);
    FileChannel channel = WriterLocks.locked(file, StandardOpenOption.CREATE_NEW);
    if (channel == null || !Files.exists(file)) { // taken for one that a dead process has left
      if (channel != null) {
        channel.close();
      }
      throw new IOException("the backup was looked at in this very moment; try again");
    }
    return () -> {
      Files.deleteIfExists(file);
      channel.close();
    };
  }

  /** Whether any process reads it. Of those that have died nothing is left. */
  boolean isTaken(String id) throws IOException {
    for (Path file : files(id)) {
      if (WriterLocks.isHeld(file)) {
        return true;
      }
    }
    return false;
  }

  private List<Path> files(String id) throws IOException {
    try (Stream<Path> inside = Files.list(dir)) {
      return inside
          .filter(path -> {
            String name = String.valueOf(path.getFileName());
            return name.startsWith(id + ".") && name.endsWith(READING);
          })
          .toList();
    }
  }
}
