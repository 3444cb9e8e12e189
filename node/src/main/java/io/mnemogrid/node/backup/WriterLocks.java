package io.mnemogrid.node.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * That a process writes or deletes a backup: a file beside it, locked as long as that lasts. So
 * nodes that share a folder tell what another is writing from what was left by one that has died.
 */
final class WriterLocks {
  private static final String LOCK = ".lock";

  private final Path dir;
  private final Map<String, FileChannel> held = new ConcurrentHashMap<>();

  WriterLocks(Path dir) {
    this.dir = dir;
  }

  private Path file(String id) {
    return dir.resolve(id + LOCK);
  }

  /**
   * Says that this process writes the backup.
   *
   * @throws IOException also if another does
   */
  void take(String id) throws IOException {
    FileChannel channel = locked(file(id), StandardOpenOption.CREATE);
    if (channel == null) {
      throw new IOException("another node writes or deletes the backup of this id");
    }
    held.put(id, channel);
  }

  /** Says that this process does not write it any more. */
  void release(String id) throws IOException {
    FileChannel channel = held.remove(id);
    if (channel != null) {
      Files.deleteIfExists(file(id));
      channel.close();
    }
  }

  /** Whether any process writes it. If none does, nothing is left that says so. */
  boolean isTaken(String id) throws IOException {
    return isHeld(file(id));
  }

  /** Whether a process holds a file locked; one that nobody does is deleted. */
  static boolean isHeld(Path file) throws IOException {
    try (FileChannel channel = locked(file, StandardOpenOption.WRITE)) {
      if (channel == null) {
        return true;
      }
      Files.deleteIfExists(file);
      return false;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The file, locked; null if it is locked already. */
  static @Nullable FileChannel locked(Path file, StandardOpenOption option) throws IOException {
    FileChannel channel = FileChannel.open(file, option, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) { // by this process
      lock = null;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    if (lock == null) {
      channel.close();
      return null;
    }
    return channel;
  }
}
