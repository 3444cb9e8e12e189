package io.mnemogrid.vector;

/**
 * What an index takes outside the heap, in bytes of allocated blocks.
 *
 * @param rowBytes vectors, with room for those to come
 * @param codeBytes codes of the vectors, likewise
 * @param graphBytes links between them
 * @param retiredBytes replaced blocks that open readers may still see
 */
public record MemoryReport(long rowBytes, long codeBytes, long graphBytes, long retiredBytes) {
  public long totalBytes() {
    return rowBytes + codeBytes + graphBytes + retiredBytes;
  }
}
