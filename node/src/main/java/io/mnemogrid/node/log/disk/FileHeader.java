package io.mnemogrid.node.log.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * How files begin that are written once and read at a start, little-endian: magic (long), version
 * (int), zero (int), the fields of their kind, zeros, CRC-32C (int) of all before it; {@value
 * #BYTES} bytes together.
 *
 * @param kind of file, as in "a checkpoint"
 * @param magic the first eight bytes
 * @param version of the fields' form
 */
public record FileHeader(String kind, long magic, int version) {
  public static final int BYTES = 128;

  private static final int CHECKSUM = BYTES - Integer.BYTES;

  /** A header that the fields are to be put into; then {@link #seal} it. */
  public ByteBuffer begin() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return out.putLong(magic).putInt(version).putInt(0);
  }

  /** The whole header, to be written. */
  public static ByteBuffer seal(ByteBuffer begun) {
    return begun.putInt(CHECKSUM, checksum(begun.array())).rewind();
  }

  /**
   * The fields of a header.
   *
   * @param bytes as many as there are of the first {@value #BYTES}; not moved
   * @throws DamagedFileException if they are no header of this kind and version
   */
  public ByteBuffer fields(ByteBuffer bytes, Path file) throws DamagedFileException {
    if (bytes.remaining() < BYTES) {
      throw damaged(file, "it ends within its header");
    }
    ByteBuffer in = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    in.put(bytes.slice(bytes.position(), BYTES)).rewind();
    if (in.getLong() != magic) {
      throw damaged(file, "it is not " + kind);
    }
    int found = in.getInt();
    if (found != version) {
      throw damaged(file, "it has version %d, this program reads %d".formatted(found, version));
    }
    if (in.getInt(CHECKSUM) != checksum(in.array())) {
      throw damaged(file, "the checksum of its header is wrong");
    }
    in.getInt();
    return in;
  }

  /** What is thrown of a header that says what cannot be. */
  public static DamagedFileException damaged(Path file, String what) {
    return new DamagedFileException(new Damage(file, 0, what));
  }

  private static int checksum(byte[] header) {
    CRC32C sum = new CRC32C();
    sum.update(header, 0, CHECKSUM);
    return (int) sum.getValue();
  }
}
