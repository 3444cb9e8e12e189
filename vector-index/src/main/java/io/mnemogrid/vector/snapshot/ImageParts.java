package io.mnemogrid.vector.snapshot;

import io.mnemogrid.vector.rows.SlotSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What follows the header: live slots and, with a graph, linked slots as bits in whole longs; the
 * rows of all slots; with a graph, the records of the ground layer, then those above; then the
 * CRC32C (int) of everything from the header's first byte.
 */
final class ImageParts {
  static final int TRAILER_BYTES = Integer.BYTES;

  private ImageParts() {}

  static int slotSetBytes(int slots) {
    return Math.ceilDiv(slots, Long.SIZE) * Long.BYTES;
  }

  static byte[] encode(SlotSet set, int slots) {
    ByteBuffer out = ByteBuffer.allocate(slotSetBytes(slots)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < out.capacity() / Long.BYTES; i++) {
      out.putLong(set.word(i));
    }
    return out.array();
  }

  static SlotSet decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] words = new long[bytes.length / Long.BYTES];
    in.asLongBuffer().get(words);
    return SlotSet.ofWords(words);
  }

  static byte[] encodeTrailer(int checksum) {
    return ByteBuffer.allocate(TRAILER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(checksum)
        .array();
  }

  static int decodeTrailer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }
}
