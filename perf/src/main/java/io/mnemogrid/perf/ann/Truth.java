package io.mnemogrid.perf.ann;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The {@value #K} vectors nearest to each query, best first, and their inner products.
 *
 * <p>As a file, all little-endian: {@code int} magic (the bytes "MGT1"), {@code int} queries,
 * {@code int} {@value #K}, {@code int} 0, {@code int[queries][K]} numbers, {@code
 * float[queries][K]} inner products.
 */
record Truth(int[][] numbers, float[][] scores) {
  static final int K = 10;
  private static final int MAGIC = 0x3154474D;
  private static final int HEADER_BYTES = 16;

  /** Two sums of the same products in another order may differ by so much. */
  private static final float ROUNDING = 1e-6f;

  /**
   * How many of the vectors found are among the nearest. One that is exactly as near as the last of
   * them counts too: texts that occur twice have equal vectors, and no order among them is right.
   */
  int hits(VectorSet set, int query, int[] found, int count) {
    float least = scores[query][K - 1] - ROUNDING;
    int hits = 0;
    for (int i = 0; i < count; i++) {
      if (ExactSearch.dot(set.queries()[query], set.base()[found[i]]) >= least) {
        hits++;
      }
    }
    return hits;
  }

  void write(Path path) {
    int bytes = HEADER_BYTES + numbers.length * K * (Integer.BYTES + Float.BYTES);
    var buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt(MAGIC).putInt(numbers.length).putInt(K).putInt(0);
    for (int[] nearest : numbers) {
      Arrays.stream(nearest).forEach(buffer::putInt);
    }
    for (float[] products : scores) {
      for (float product : products) {
        buffer.putFloat(product);
      }
    }
    try {
      Files.write(path, buffer.array());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Truth read(Path path) {
    try {
      var buffer = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
      if (buffer.getInt() != MAGIC) {
        throw new IOException(path + " holds no nearest vectors");
      }
      int queries = buffer.getInt();
      if (buffer.getInt() != K) {
        throw new IOException(path + " holds another number of nearest vectors");
      }
      buffer.position(HEADER_BYTES);
      int[][] numbers = new int[queries][K];
      float[][] scores = new float[queries][K];
      for (int[] nearest : numbers) {
        Arrays.setAll(nearest, _ -> buffer.getInt());
      }
      for (float[] products : scores) {
        for (int i = 0; i < K; i++) {
          products[i] = buffer.getFloat();
        }
      }
      return new Truth(numbers, scores);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
