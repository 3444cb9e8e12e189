package io.mnemogrid.node.log.checkpoint;

import io.mnemogrid.node.log.LogPosition;
import io.mnemogrid.node.log.disk.Damage;
import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.model.Stamp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The first {@value #BYTES} bytes of a checkpoint, little-endian: magic (long), version (int), zero
 * (int), the fields of this record in their order, zeros, CRC-32C (int) of all before it.
 *
 * @param last the newest stamp in the image
 * @param ordinal of the last frame of the partition that is in the image
 * @param replayFrom no frame before it has to be read
 * @param doubtful whether acknowledged writes from before a power loss may be missing in it
 */
public record CheckpointHeader(
    int partition, Stamp last, long ordinal, LogPosition replayFrom, boolean doubtful) {
  static final int BYTES = 128;

  private static final long MAGIC = 0x3154_504B_4F4D_4E4DL; // "MNMOKPT1" in the file
  private static final int VERSION = 1;
  private static final int CHECKSUM = BYTES - Integer.BYTES;

  ByteBuffer encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(MAGIC).putInt(VERSION).putInt(0);
    out.putInt(partition);
    out.putInt(last.incarnation()).putInt(last.partitionVersion()).putLong(last.sequence());
    out.putLong(ordinal);
    out.putLong(replayFrom.segment()).putLong(replayFrom.offset());
    out.put((byte) (doubtful ? 1 : 0));
    out.putInt(CHECKSUM, checksum(out.array()));
    return out.rewind();
  }

  /**
   * @param bytes as many as there are of the first {@value #BYTES}
   * @throws DamagedFileException if they are no header that this program reads
   */
  static CheckpointHeader decode(ByteBuffer bytes, Path file) throws DamagedFileException {
    if (bytes.remaining() < BYTES) {
      throw damaged(file, "it ends within its header");
    }
    ByteBuffer in = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    in.put(bytes.slice(bytes.position(), BYTES)).rewind();
    if (in.getLong() != MAGIC) {
      throw damaged(file, "it is no checkpoint");
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw damaged(file, "it has version %d, this program reads %d".formatted(version, VERSION));
    }
    if (in.getInt(CHECKSUM) != checksum(in.array())) {
      throw damaged(file, "the checksum of its header is wrong");
    }
    in.getInt();
    return new CheckpointHeader(
        in.getInt(),
        new Stamp(in.getInt(), in.getInt(), in.getLong()),
        in.getLong(),
        new LogPosition(in.getLong(), in.getLong()),
        in.get() != 0);
  }

  private static int checksum(byte[] header) {
    CRC32C sum = new CRC32C();
    sum.update(header, 0, CHECKSUM);
    return (int) sum.getValue();
  }

  private static DamagedFileException damaged(Path file, String what) {
    return new DamagedFileException(new Damage(file, 0, what));
  }
}
