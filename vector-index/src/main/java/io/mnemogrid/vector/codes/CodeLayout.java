package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.CodeTerms;
import io.mnemogrid.vector.memory.NativeMemory;
import io.mnemogrid.vector.rows.ChunkLayout;
import io.mnemogrid.vector.rows.RowLayout;

/**
 * Bytes of a record of codes. As lines, for walks: one code, its bits and then its corrections, in
 * whole cache lines. As blocks, for scans: eight codes with their parts interleaved, as {@link
 * CodeKernel} has them.
 *
 * @param bits an element
 * @param ofDistance whether codes are of distances, not inner products
 * @param hasAxes whether codes have shares of axes; in blocks only
 */
record CodeLayout(int dimension, int bits, boolean ofDistance, boolean hasAxes, Form form)
    implements ChunkLayout {
  static final int BLOCK_SHIFT = 3;
  private static final int LINE_BYTES = CodeTerms.LINE_WORDS * Long.BYTES;
  private static final int BLOCK_MASK = CodeKernel.BLOCK_ROWS - 1;

  /** What the codes are laid out for. */
  enum Form {
    LINES,
    BLOCKS
  }

  /** Longs of a code. */
  int words() {
    return bits * Math.ceilDiv(dimension, Long.SIZE);
  }

  /** Corrections of a code, four bytes each. */
  int corrections() {
    return CodeTerms.corrections(ofDistance, hasAxes);
  }

  private int codeBytes() {
    return words() * Long.BYTES + corrections() * Integer.BYTES;
  }

  @Override
  public long strideBytes() {
    return switch (form) {
      case LINES -> Math.ceilDiv(codeBytes(), LINE_BYTES) * (long) LINE_BYTES;
      case BLOCKS -> (long) CodeKernel.BLOCK_ROWS * codeBytes();
    };
  }

  @Override
  public int chunkShift() {
    return RowLayout.chunkShift(strideBytes());
  }

  /** The record that {@code slot} is in. */
  int record(int slot) {
    return form == Form.LINES ? slot : slot >>> BLOCK_SHIFT;
  }

  void write(long record, int slot, long[] bits, int[] corrections) {
    int rows = form == Form.LINES ? 1 : CodeKernel.BLOCK_ROWS;
    int row = form == Form.LINES ? 0 : slot & BLOCK_MASK;
    long at = record + (long) row * Long.BYTES;
    for (long word : bits) {
      NativeMemory.putLong(at, word);
      at += (long) rows * Long.BYTES;
    }
    at = record + (long) bits.length * rows * Long.BYTES + (long) row * Integer.BYTES;
    for (int correction : corrections) {
      NativeMemory.putInt(at, correction);
      at += (long) rows * Integer.BYTES;
    }
  }
}
