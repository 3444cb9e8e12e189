package io.mnemogrid.vector.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The first {@value #BYTES} bytes of an image: magic (long), version (int), then the fields of this
 * record in their order, then the CRC32C (int) of all bytes before it.
 *
 * @param similarity code of the similarity, as the public enum counts
 * @param rowFormat code of the row format, as the public enum counts
 * @param codes code of the codes, as the public enum counts
 * @param slots one more than the highest slot in use
 * @param liveCount slots that hold a vector
 * @param linkedCount nodes of the graph
 * @param groundRecords records of the ground layer in the image, 0 without a graph
 * @param upperRecords records of the upper layers in the image
 * @param entry the graph's entry, -1 if there is none
 */
public record ImageHeader(
    int dimension,
    int similarity,
    int rowFormat,
    int m,
    int efConstruction,
    int codes,
    int codesAbove,
    int graphAbove,
    long seed,
    int slots,
    int liveCount,
    int linkedCount,
    int groundRecords,
    int upperRecords,
    long entry) {
  static final int BYTES = 88;

  private static final long MAGIC = 0x3158_4449_4F4D_4E4DL; // "MNMOIDX1" in the file
  private static final int VERSION = 2;
  private static final int CHECKSUM = BYTES - Integer.BYTES;

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(MAGIC).putInt(VERSION);
    out.putInt(dimension).putInt(similarity).putInt(rowFormat);
    out.putInt(m)
        .putInt(efConstruction)
        .putInt(codes)
        .putInt(codesAbove)
        .putInt(graphAbove)
        .putLong(seed);
    out.putInt(slots).putInt(liveCount).putInt(linkedCount);
    out.putInt(groundRecords).putInt(upperRecords).putLong(entry);
    out.putInt(CHECKSUM, checksum(out.array()));
    return out.array();
  }

  static ImageHeader decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getLong() != MAGIC) {
      throw new DamagedImageException("not an image of a vector index");
    }
    int version = in.getInt();
    if (version != VERSION) {
      throw new DamagedImageException(
          "image has version %d, this program reads %d".formatted(version, VERSION));
    }
    if (in.getInt(CHECKSUM) != checksum(bytes)) {
      throw new DamagedImageException("the header's checksum is wrong");
    }
    return new ImageHeader(
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getLong(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getInt(),
        in.getLong());
  }

  private static int checksum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes, 0, CHECKSUM);
    return (int) crc.getValue();
  }
}
