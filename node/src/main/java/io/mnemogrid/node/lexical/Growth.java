package io.mnemogrid.node.lexical;

/** How much room an array gets that has become too small: an eighth more than is needed. */
final class Growth {
  /** Of an array's header, with compact object headers. */
  private static final int HEADER_BYTES = 12;

  private static final int ALIGNMENT = 8;

  private Growth() {}

  static int of(int needed) {
    return Math.addExact(needed, (needed >>> 3) + 4);
  }

  /** The same for bytes, of which there are many small arrays: as many as fill the last word. */
  static int ofBytes(int needed) {
    int bytes = Math.addExact(HEADER_BYTES + (needed >>> 3), needed);
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - HEADER_BYTES;
  }
}
