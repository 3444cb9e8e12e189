package io.mnemogrid.node.log.checkpoint;

import io.mnemogrid.node.log.LogPosition;
import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.FileHeader;
import io.mnemogrid.node.model.Stamp;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The header of a checkpoint: the fields of this record in their order.
 *
 * @param last the newest stamp in the image
 * @param ordinal of the last frame of the partition that is in the image
 * @param replayFrom no frame before it has to be read
 * @param doubtful whether acknowledged writes from before a power loss may be missing in it
 */
public record CheckpointHeader(
    int partition, Stamp last, long ordinal, LogPosition replayFrom, boolean doubtful) {
  static final int BYTES = FileHeader.BYTES;

  private static final FileHeader FORM =
      new FileHeader("a checkpoint", 0x3154_504B_4F4D_4E4DL, 1); // "MNMOKPT1" in the file

  ByteBuffer encode() {
    ByteBuffer out = FORM.begin();
    out.putInt(partition);
    out.putInt(last.incarnation()).putInt(last.partitionVersion()).putLong(last.sequence());
    out.putLong(ordinal);
    out.putLong(replayFrom.segment()).putLong(replayFrom.offset());
    out.put((byte) (doubtful ? 1 : 0));
    return FileHeader.seal(out);
  }

  /**
   * @param bytes as many as there are of the first {@value #BYTES}
   * @throws DamagedFileException if they are no header that this program reads
   */
  static CheckpointHeader decode(ByteBuffer bytes, Path file) throws DamagedFileException {
    ByteBuffer in = FORM.fields(bytes, file);
    return new CheckpointHeader(
        in.getInt(),
        new Stamp(in.getInt(), in.getInt(), in.getLong()),
        in.getLong(),
        new LogPosition(in.getLong(), in.getLong()),
        in.get() != 0);
  }
}
