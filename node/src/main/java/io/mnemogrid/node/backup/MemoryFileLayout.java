package io.mnemogrid.node.backup;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Bytes of a file of memories, little-endian. It begins with a magic number (8 bytes), the format
 * (int), whether its blocks are compressed (int, 0 or 1), and the CRC-32C of all this (int). Blocks
 * follow, each of a head: stored bytes, bytes when inflated, copies (int each), and the CRC-32C of
 * these three and of the stored bytes (int); then the stored bytes. The last block has no copies,
 * and says in 8 bytes how many there are in all; nothing follows it.
 *
 * <p>A copy is its record behind its length (int), the count of its vector's numbers (int, {@value
 * #NO_VECTOR} for none) and these (float each), how often it was read (int), and when last (long).
 */
final class MemoryFileLayout {
  static final int FORMAT = 1;

  /** "MNGBAKUP", read as text. */
  static final long MAGIC =
      ByteBuffer.wrap(new byte[] {'M', 'N', 'G', 'B', 'A', 'K', 'U', 'P'})
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong();

  static final int HEADER_BYTES = Long.BYTES + 3 * Integer.BYTES;
  static final int HEAD_BYTES = 4 * Integer.BYTES;
  static final int NO_VECTOR = -1;

  /** A block is closed when it has so many. */
  static final int BLOCK_BYTES = 1 << 20;

  /** Far more than a block with the largest memory at its end. */
  static final int MOST_BLOCK_BYTES = 8 << 20;

  private MemoryFileLayout() {}

  static byte[] header(boolean compressed) {
    ByteBuffer header =
        buffer(HEADER_BYTES).putLong(MAGIC).putInt(FORMAT).putInt(compressed ? 1 : 0);
    return header.putInt(headerChecksum(header.array())).array();
  }

  static int headerChecksum(byte[] header) {
    CRC32C crc = new CRC32C();
    crc.update(header, 0, HEADER_BYTES - Integer.BYTES);
    return (int) crc.getValue();
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The head of a block. */
  record Head(int stored, int inflated, int copies) {
    byte[] with(byte[] storedBytes) {
      return fields().putInt(checksum(storedBytes)).array();
    }

    int checksum(byte[] storedBytes) {
      CRC32C crc = new CRC32C();
      crc.update(fields().array(), 0, 3 * Integer.BYTES);
      crc.update(storedBytes);
      return (int) crc.getValue();
    }

    private ByteBuffer fields() {
      return buffer(HEAD_BYTES).putInt(stored).putInt(inflated).putInt(copies);
    }

    boolean isLast() {
      return copies == 0;
    }

    /** Whether a block may have such a head. */
    boolean isPossible() {
      return stored > 0
          && stored <= MOST_BLOCK_BYTES
          && inflated > 0
          && inflated <= MOST_BLOCK_BYTES
          && copies >= 0;
    }
  }
}
