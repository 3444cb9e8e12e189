package io.mnemogrid.node.log;

import io.mnemogrid.node.model.Stamp;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Bytes of a frame, little-endian, at a multiple of 8: a header, the payload, one byte {@link
 * #END_MARK}, zeros up to the next multiple of 8.
 *
 * <p>The header: CRC-32C (int) of the segment's salt, the frame's offset and the header's other
 * bytes; length of the payload (int); CRC-32C of the payload (int); partition (int), -1 for none;
 * ordinal (long); stamp (int, int, long); kind (byte); zeros. The salt and the offset see to it
 * that nothing but a frame written to that place is ever taken for one, whatever users store.
 */
final class FrameLayout {
  static final int HEADER_BYTES = 48;
  static final int ALIGNMENT = 8;
  static final byte END_MARK = 0x45;
  static final int NO_PARTITION = -1;

  static final byte CHANGE = 1;
  static final byte BEGUN = 2;
  static final byte COMPLETED = 3;
  static final byte DROPPED = 4;

  /** All of the log before the position in the payload was synced. */
  static final byte DURABLE = 5;

  /** The log was closed; nothing follows. */
  static final byte CLOSED = 6;

  private static final int LENGTH = Integer.BYTES;
  private static final int PAYLOAD_CHECKSUM = LENGTH + Integer.BYTES;
  private static final int PARTITION = PAYLOAD_CHECKSUM + Integer.BYTES;
  private static final int ORDINAL = PARTITION + Integer.BYTES;
  private static final int INCARNATION = ORDINAL + Long.BYTES;
  private static final int PARTITION_VERSION = INCARNATION + Integer.BYTES;
  private static final int SEQUENCE = PARTITION_VERSION + Integer.BYTES;
  private static final int KIND = SEQUENCE + Long.BYTES;

  private FrameLayout() {}

  /** A frame's header, but for its checksum. */
  record Header(
      int length, int payloadChecksum, int partition, long ordinal, Stamp stamp, byte kind) {
    long frameBytes() {
      return FrameLayout.frameBytes(length);
    }
  }

  /** Bytes of a frame with a payload of that length. */
  static long frameBytes(int payloadLength) {
    return align((long) HEADER_BYTES + payloadLength + 1);
  }

  static long align(long bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** Writes a header at the buffer's position, for a frame at that offset of the segment. */
  static void put(Header header, long salt, long offset, ByteBuffer out) {
    int at = out.position();
    out.putInt(0)
        .putInt(header.length())
        .putInt(header.payloadChecksum())
        .putInt(header.partition())
        .putLong(header.ordinal())
        .putInt(header.stamp().incarnation())
        .putInt(header.stamp().partitionVersion())
        .putLong(header.stamp().sequence())
        .put(header.kind());
    while (out.position() < at + HEADER_BYTES) {
      out.put((byte) 0);
    }
    out.putInt(at, checksum(out, at, salt, offset));
  }

  static boolean isSound(ByteBuffer bytes, int at, long salt, long offset) {
    byte kind = bytes.get(at + KIND);
    return bytes.getInt(at + LENGTH) >= 0
        && kind >= CHANGE
        && kind <= CLOSED
        && bytes.getInt(at) == checksum(bytes, at, salt, offset);
  }

  static Header get(ByteBuffer bytes, int at) {
    return new Header(
        bytes.getInt(at + LENGTH),
        bytes.getInt(at + PAYLOAD_CHECKSUM),
        bytes.getInt(at + PARTITION),
        bytes.getLong(at + ORDINAL),
        new Stamp(
            bytes.getInt(at + INCARNATION),
            bytes.getInt(at + PARTITION_VERSION),
            bytes.getLong(at + SEQUENCE)),
        bytes.get(at + KIND));
  }

  private static int checksum(ByteBuffer bytes, int at, long salt, long offset) {
    byte[] place = new byte[2 * Long.BYTES];
    ByteBuffer.wrap(place).order(ByteOrder.LITTLE_ENDIAN).putLong(salt).putLong(offset);
    CRC32C sum = new CRC32C();
    sum.update(place);
    sum.update(bytes.slice(at + LENGTH, HEADER_BYTES - LENGTH));
    return (int) sum.getValue();
  }

  static int checksum(byte[] payload) {
    CRC32C sum = new CRC32C();
    sum.update(payload);
    return (int) sum.getValue();
  }
}
