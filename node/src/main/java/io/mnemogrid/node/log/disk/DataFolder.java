package io.mnemogrid.node.log.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder a node keeps its files in, which no other process has open.
 *
 * <pre>
 * lock
 * current/wal/     the log
 * current/parts/   checkpoints, by partition
 * current/cluster, current/incarnation   what cluster they are of
 * aside-N/         what was current when the node joined a living cluster, until that is whole
 * </pre>
 */
public final class DataFolder implements Closeable {
  private static final String CURRENT = "current";
  private static final String ASIDE = "aside-";

  private final Disk disk;
  private final Path folder;
  private final Closeable lock;

  private DataFolder(Disk disk, Path folder, Closeable lock) {
    this.disk = disk;
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens the folder, and makes it where it is missing.
   *
   * @throws IOException if it cannot be used, or another process does
   */
  public static DataFolder open(Disk disk, Path folder) throws IOException {
    disk.createFolder(folder);
    Closeable lock = disk.lock(folder.resolve("lock"));
    try {
      disk.createFolder(folder.resolve(CURRENT));
      return new DataFolder(disk, folder, lock);
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /** What it is on. */
  public Disk disk() {
    return disk;
  }

  /** Where the node writes. */
  public Path current() {
    return folder.resolve(CURRENT);
  }

  /** Where a log is, of {@link #current} or of one of {@link #aside}. */
  public static Path log(Path files) {
    return files.resolve("wal");
  }

  /** Where checkpoints are, of {@link #current} or of one of {@link #aside}. */
  public static Path checkpoints(Path files) {
    return files.resolve("parts");
  }

  /** What was set aside, oldest first. */
  public List<Path> aside() throws IOException {
    return disk.list(folder).stream().filter(DataFolder::isAside).toList();
  }

  private static boolean isAside(Path path) {
    return String.valueOf(path.getFileName()).startsWith(ASIDE);
  }

  /**
   * Sets aside what is current, and begins with nothing; the log must be closed.
   *
   * @return where the files are now
   */
  public Path setAside() throws IOException {
    List<Path> before = aside();
    int number = before.isEmpty() ? 1 : numberOf(before.getLast()) + 1;
    Path aside = folder.resolve("%s%06d".formatted(ASIDE, number));
    disk.rename(current(), aside);
    disk.syncFolder(folder);
    disk.createFolder(current());
    return aside;
  }

  private static int numberOf(Path aside) {
    return Integer.parseInt(String.valueOf(aside.getFileName()).substring(ASIDE.length()));
  }

  /** Deletes something that was set aside, once nothing in it can count any more. */
  public void deleteAside(Path aside) throws IOException {
    if (!aside().contains(aside)) {
      throw new IllegalArgumentException(aside + " was not set aside");
    }
    deleteAll(aside);
    disk.syncFolder(folder);
  }

  private void deleteAll(Path path) throws IOException {
    if (disk.isFolder(path)) {
      for (Path entry : disk.list(path)) {
        deleteAll(entry);
      }
    }
    disk.delete(path);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
