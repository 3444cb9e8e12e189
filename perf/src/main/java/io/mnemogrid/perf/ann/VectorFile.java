package io.mnemogrid.perf.ann;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of float vectors: {@value #HEADER_BYTES} bytes of header, then the vectors one after the
 * other, all little-endian.
 *
 * <pre>
 *  0  int  magic, the bytes "MGV1"
 *  4  int  count
 *  8  int  dimension
 * 12  int  0
 * 16  float[count][dimension]
 * </pre>
 *
 * A file that is still being written has as many vectors as {@code count} says, and perhaps a part
 * of more behind them. One thread at a time.
 */
public final class VectorFile implements AutoCloseable {
  static final int HEADER_BYTES = 16;
  private static final int MAGIC = 0x3156474D;
  private static final int COUNT_AT = 4;
  private static final int DIMENSION_AT = 8;
  private static final int CHUNK_VECTORS = 4_096;

  private final FileChannel channel;
  private final int dimension;
  private int count;

  private VectorFile(FileChannel channel, int dimension, int count) {
    this.channel = channel;
    this.dimension = dimension;
    this.count = count;
  }

  /** Opens a file to append to; made when missing. */
  static VectorFile append(Path path, int dimension) {
    try {
      var channel =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (channel.size() < HEADER_BYTES) {
        var file = new VectorFile(channel, dimension, 0);
        file.writeHeader();
        return file;
      }
      int[] shape = readHeader(channel, path);
      if (shape[1] != dimension) {
        throw new IllegalStateException(
            "%s has %d dimensions, not %d".formatted(path, shape[1], dimension));
      }
      return new VectorFile(channel, dimension, shape[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  /** The first {@code most} vectors. */
  public static float[][] read(Path path, int most) {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      int[] shape = readHeader(channel, path);
      int count = Math.min(shape[0], most);
      int dimension = shape[1];
      float[][] vectors = new float[count][dimension];
      ByteBuffer bytes = buffer(CHUNK_VECTORS * dimension * Float.BYTES);
      long at = HEADER_BYTES;
      for (int from = 0; from < count; from += CHUNK_VECTORS) {
        int to = Math.min(from + CHUNK_VECTORS, count);
        bytes.clear().limit((to - from) * dimension * Float.BYTES);
        at += readFully(channel, bytes, at);
        var floats = bytes.flip().asFloatBuffer();
        for (int i = from; i < to; i++) {
          floats.get(vectors[i]);
        }
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /** Makes or replaces a file. */
  public static void write(Path path, float[][] vectors) {
    try (var file = append(path, vectors[0].length)) {
      file.count = 0;
      file.add(vectors);
    }
  }

  int count() {
    return count;
  }

  void add(float[][] vectors) {
    try {
      ByteBuffer bytes = buffer(CHUNK_VECTORS * dimension * Float.BYTES);
      long at = HEADER_BYTES + (long) count * dimension * Float.BYTES;
      for (int from = 0; from < vectors.length; from += CHUNK_VECTORS) {
        int to = Math.min(from + CHUNK_VECTORS, vectors.length);
        bytes.clear();
        for (int i = from; i < to; i++) {
          for (float x : vectors[i]) {
            bytes.putFloat(x);
          }
        }
        at += writeFully(channel, bytes.flip(), at);
      }
      count += vectors.length;
      writeHeader();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeHeader() throws IOException {
    var header = buffer(HEADER_BYTES).putInt(MAGIC).putInt(count).putInt(dimension).putInt(0);
    writeFully(channel, header.flip(), 0);
  }

  private static int[] readHeader(FileChannel channel, Path path) throws IOException {
    ByteBuffer header = buffer(HEADER_BYTES);
    readFully(channel, header, 0);
    if (header.getInt(0) != MAGIC) {
      throw new IOException(path + " is not a file of vectors");
    }
    return new int[] {header.getInt(COUNT_AT), header.getInt(DIMENSION_AT)};
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int readFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    int done = 0;
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, at + done);
      if (read < 0) {
        throw new IOException("the file is shorter than its header says");
      }
      done += read;
    }
    return done;
  }

  private static int writeFully(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    int done = 0;
    while (bytes.hasRemaining()) {
      done += channel.write(bytes, at + done);
    }
    return done;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
