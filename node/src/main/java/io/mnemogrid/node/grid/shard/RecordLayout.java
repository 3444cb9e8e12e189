package io.mnemogrid.node.grid.shard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Bytes of one record, little-endian: a fixed header, with times in microseconds since 1970 (when
 * it expires and from when it holds: in seconds), then the texts, each behind its length (short;
 * int for metadata and content), in the order id, author's key, author, session, published-from,
 * tags (short count, then each), metadata, content. A tombstone ends after its id.
 */
final class RecordLayout {
  static final byte FORMAT = 2;

  static final int FORMAT_AT = 0;
  static final int FLAGS_AT = 1;
  static final int TYPE_AT = 2;
  static final int ORIGIN_AT = 3;
  static final int IMPORTANCE_AT = 4;
  static final int INCARNATION_AT = 8;
  static final int PARTITION_VERSION_AT = 12;
  static final int SEQUENCE_AT = 16;
  static final int CREATED_AT = 24;
  static final int UPDATED_AT = 32;
  static final int VERSION_AT = 40;
  static final int TRAITS_AT = 44;
  static final int APPRAISAL_AT = 48;
  static final int TIMES_AT = 52;

  /** In a second. */
  static final long MICROS = 1_000_000;

  static final int TOMBSTONE = 1;
  static final int EXPIRES = 1 << 1;
  static final int VALID_FROM = 1 << 2;
  static final int SESSION = 1 << 3;
  static final int PUBLISHED_FROM = 1 << 4;
  static final int METADATA = 1 << 5;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle FLOAT =
      MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

  private RecordLayout() {}

  static int unsignedShort(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at) & 0xFFFF;
  }

  static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static float floatAt(byte[] bytes, int at) {
    return (float) FLOAT.get(bytes, at);
  }

  static boolean has(byte[] bytes, int flag) {
    return (bytes[FLAGS_AT] & flag) != 0;
  }

  /** Unix seconds of one of the times that are kept in microseconds. */
  static long secondsAt(byte[] bytes, int at) {
    return Math.floorDiv(longAt(bytes, at), MICROS);
  }

  /** Where the id begins. */
  static int idAt(byte[] bytes) {
    return TIMES_AT
        + (has(bytes, EXPIRES) ? Long.BYTES : 0)
        + (has(bytes, VALID_FROM) ? Long.BYTES : 0);
  }

  /** Where the time it is valid from stands, if it has one. */
  static int validFromAt(byte[] bytes) {
    return TIMES_AT + (has(bytes, EXPIRES) ? Long.BYTES : 0);
  }

  /** Where the text after the one at {@code at} begins. */
  static int afterShortText(byte[] bytes, int at) {
    return at + Short.BYTES + unsignedShort(bytes, at);
  }

  /** Where the id of the author's key begins; the author's name follows it. */
  static int authorKeyAt(byte[] bytes) {
    return afterShortText(bytes, idAt(bytes));
  }

  /** Where the session begins, if it has one. */
  static int sessionAt(byte[] bytes) {
    return afterShortText(bytes, afterShortText(bytes, authorKeyAt(bytes)));
  }

  /** Where the id of the memory it was published from begins, if it has one. */
  static int publishedFromAt(byte[] bytes) {
    int at = sessionAt(bytes);
    return has(bytes, SESSION) ? afterShortText(bytes, at) : at;
  }

  /** Where the count of its tags stands. */
  static int tagsAt(byte[] bytes) {
    int at = publishedFromAt(bytes);
    return has(bytes, PUBLISHED_FROM) ? afterShortText(bytes, at) : at;
  }

  /** Where the metadata begins, if it has any. */
  static int metadataAt(byte[] bytes) {
    int at = tagsAt(bytes);
    int count = unsignedShort(bytes, at);
    at += Short.BYTES;
    for (int i = 0; i < count; i++) {
      at = afterShortText(bytes, at);
    }
    return at;
  }

  /** Where the content begins. */
  static int contentAt(byte[] bytes) {
    int at = metadataAt(bytes);
    return has(bytes, METADATA) ? at + Integer.BYTES + intAt(bytes, at) : at;
  }
}
