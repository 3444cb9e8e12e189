package io.mnemogrid.node.log;

import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What is not in a log any more because checkpoints have it, so that one that is gone is missed.
 * Written before segments are deleted.
 *
 * <p>Bytes, little-endian: the oldest segment that is kept (long), format (int), number of
 * partitions (int), of each its number (int) and ordinal (long). Nothing but the first number was
 * written before there were formats.
 *
 * @param oldest the oldest segment that is kept; 0 if none was deleted
 * @param checkpointed of partitions the ordinal of the last frame that was deleted with its
 *     segment, and that only a checkpoint has since
 */
public record LogFloor(long oldest, Map<Integer, Long> checkpointed) {
  static final LogFloor NONE = new LogFloor(0, Map.of());

  private static final String NAME = "oldest";
  private static final int FORMAT = 1;

  public LogFloor {
    checkpointed = Map.copyOf(checkpointed);
  }

  /**
   * The floor of the log in a folder.
   *
   * @throws DamagedFileException if it is not what was written
   * @throws IOException if the disk fails, or it is of another format
   */
  public static LogFloor read(Disk disk, Path folder) throws IOException {
    Path path = folder.resolve(NAME);
    byte[] stored = new DurableFile(disk, path).read().orElse(null);
    if (stored == null) {
      return NONE;
    }
    ByteBuffer in = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    long oldest = in.getLong();
    if (!in.hasRemaining()) {
      return new LogFloor(oldest, Map.of());
    }
    int format = in.getInt();
    if (format != FORMAT) {
      throw new IOException(
          "%s is of format %d; this node knows %d".formatted(path, format, FORMAT));
    }
    Map<Integer, Long> checkpointed = new HashMap<>();
    for (int left = in.getInt(); left > 0; left--) {
      checkpointed.put(in.getInt(), in.getLong());
    }
    return new LogFloor(oldest, checkpointed);
  }

  /** Keeps it in place of the one that is there. */
  void write(Disk disk, Path folder) throws IOException {
    ByteBuffer out =
        ByteBuffer.allocate(
                Long.BYTES + 2 * Integer.BYTES + checkpointed.size() * (Integer.BYTES + Long.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(oldest).putInt(FORMAT).putInt(checkpointed.size());
    checkpointed.forEach((partition, ordinal) -> out.putInt(partition).putLong(ordinal));
    new DurableFile(disk, folder.resolve(NAME)).write(out.array());
  }
}
