package io.mnemogrid.node.log.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What follows a checkpoint's header, little-endian: of each chunk its length (int, at least 1),
 * the CRC-32C (int) of its number and its bytes, and the bytes; then a trailer, which ends the
 * file: zero (int), CRC-32C (int) of what follows, count of the chunks (int), bytes in them (long).
 */
final class ChunkLayout {
  static final int CHUNK_HEADER_BYTES = 2 * Integer.BYTES;
  static final int TRAILER_BYTES = 3 * Integer.BYTES + Long.BYTES;

  private ChunkLayout() {}

  static ByteBuffer chunk(int number, byte[] bytes) {
    ByteBuffer out = buffer(CHUNK_HEADER_BYTES + bytes.length);
    return out.putInt(bytes.length).putInt(checksum(number, bytes)).put(bytes).flip();
  }

  static int checksum(int number, byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(buffer(Integer.BYTES).putInt(number).flip());
    sum.update(bytes);
    return (int) sum.getValue();
  }

  static ByteBuffer trailer(int chunks, long bytes) {
    ByteBuffer out = buffer(TRAILER_BYTES);
    out.putInt(0).putInt(0).putInt(chunks).putLong(bytes);
    CRC32C sum = new CRC32C();
    sum.update(out.array(), CHUNK_HEADER_BYTES, TRAILER_BYTES - CHUNK_HEADER_BYTES);
    return out.putInt(Integer.BYTES, (int) sum.getValue()).flip();
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
