package io.mnemogrid.node.log;

import io.mnemogrid.node.log.LogReport.End;
import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.FileHeader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The header of a segment: the fields of this record in their order.
 *
 * @param number of the segment
 * @param capacity size of the file, from the begin; a shorter one was cut
 * @param salt drawn for the segment
 * @param boot the run of the operating system that the segment was begun in
 * @param before how the log ended before this segment, as far as that is of account: {@link
 *     End#UNSYNCED}, {@link End#DOUBTFUL}, or {@link End#WHOLE} for all other ends
 * @param after where the log ended before this segment
 * @param durable up to where the log was known to be synced
 */
record SegmentHeader(
    long number,
    long capacity,
    long salt,
    UUID boot,
    FsyncPolicy fsync,
    End before,
    LogPosition after,
    LogPosition durable) {
  static final int BYTES = FileHeader.BYTES;

  private static final FileHeader FORM =
      new FileHeader("a segment of a log", 0x3147_4F4C_4F4D_4E4DL, 1); // "MNMOLOG1" in the file
  private static final int NOTHING_MISSING = 0;
  private static final int DOUBTFUL = 1;
  private static final int UNSYNCED = 2;

  SegmentHeader {
    before =
        switch (before) {
          case CLOSED, WHOLE, TORN -> End.WHOLE;
          case UNSYNCED, DOUBTFUL -> before;
        };
  }

  ByteBuffer encode() {
    ByteBuffer out = FORM.begin();
    out.putLong(number).putLong(capacity).putLong(salt);
    out.putLong(boot.getMostSignificantBits()).putLong(boot.getLeastSignificantBits());
    out.putInt(fsync.code()).putInt(code(before));
    out.putLong(after.segment()).putLong(after.offset());
    out.putLong(durable.segment()).putLong(durable.offset());
    return FileHeader.seal(out);
  }

  /**
   * @param bytes as many as there are of the first {@value #BYTES}
   * @throws DamagedFileException if they are no header that this program reads
   */
  static SegmentHeader decode(ByteBuffer bytes, Path file) throws DamagedFileException {
    ByteBuffer in = FORM.fields(bytes, file);
    return new SegmentHeader(
        in.getLong(),
        in.getLong(),
        in.getLong(),
        new UUID(in.getLong(), in.getLong()),
        policy(in.getInt(), file),
        end(in.getInt()),
        new LogPosition(in.getLong(), in.getLong()),
        new LogPosition(in.getLong(), in.getLong()));
  }

  private static FsyncPolicy policy(int code, Path file) throws DamagedFileException {
    try {
      return FsyncPolicy.of(code);
    } catch (IllegalArgumentException e) {
      throw FileHeader.damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private static int code(End before) {
    return switch (before) {
      case CLOSED, WHOLE, TORN -> NOTHING_MISSING;
      case DOUBTFUL -> DOUBTFUL;
      case UNSYNCED -> UNSYNCED;
    };
  }

  private static End end(int code) {
    return switch (code) {
      case NOTHING_MISSING -> End.WHOLE;
      case UNSYNCED -> End.UNSYNCED;
      default -> End.DOUBTFUL;
    };
  }
}
