package io.mnemogrid.node.log;

import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a log's files: 20 digits, so that they sort as they count. Records beside them say
 * which was the oldest that was kept ({@link LogFloor}) and the newest that was synced, so that one
 * that is gone is missed.
 */
final class SegmentFiles {
  private static final Pattern NAME = Pattern.compile("([0-9]{20})\\.wal");

  private static final String NEWEST = "newest";

  private SegmentFiles() {}

  static Path of(Path folder, long number) {
    return folder.resolve("%020d.wal".formatted(number));
  }

  /** The newest segment that was synced, by the record; 0 if there is none. */
  static long readNewest(Disk disk, Path folder) throws IOException {
    return read(disk, folder.resolve(NEWEST));
  }

  static void writeNewest(Disk disk, Path folder, long number) throws IOException {
    write(disk, folder.resolve(NEWEST), number);
  }

  private static long read(Disk disk, Path record) throws IOException {
    return new DurableFile(disk, record)
        .read()
        .map(bytes -> ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong())
        .orElse(0L);
  }

  private static void write(Disk disk, Path record, long number) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    new DurableFile(disk, record).write(bytes.putLong(number).array());
  }

  /** All segments in a folder, by number. */
  static SortedMap<Long, Path> in(Disk disk, Path folder) throws IOException {
    SortedMap<Long, Path> segments = new TreeMap<>();
    for (Path file : disk.list(folder)) {
      Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
      if (name.matches()) {
        segments.put(Long.parseLong(name.group(1)), file);
      }
    }
    return segments;
  }
}
