package io.mnemogrid.node.grid.shard;

import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/** The bytes of an image, cut into chunks, with a CRC-32C of all of them at the very end. */
public final class ImageBytes {
  static final int CHECKSUM_BYTES = Long.BYTES;

  private static final int FIRST_BUFFER_BYTES = 512;

  private ImageBytes() {}

  /** Collects an image. */
  public static final class Writer {
    private final int chunkBytes;
    private final List<byte[]> chunks = new ArrayList<>();
    private final CRC32C checksum = new CRC32C();
    private final DataOutputStream data = new DataOutputStream(new Cutter());
    private byte[] current = new byte[FIRST_BUFFER_BYTES];
    private int filled;

    public Writer(int chunkBytes) {
      this.chunkBytes = chunkBytes;
    }

    public DataOutputStream data() {
      return data;
    }

    /** The chunks, at least one, with the checksum in the last. */
    public List<byte[]> finish() throws IOException {
      checksum.update(current, 0, filled);
      byte[] last = Arrays.copyOf(current, filled + CHECKSUM_BYTES);
      ByteBuffer.wrap(last).putLong(filled, checksum.getValue());
      chunks.add(last);
      return chunks;
    }

    private final class Cutter extends OutputStream {
      @Override
      public void write(int value) {
        ensure(filled + 1);
        current[filled++] = (byte) value;
        cutIfFull();
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        int left = length;
        while (left > 0) {
          int part = Math.min(left, chunkBytes - filled);
          ensure(filled + part);
          System.arraycopy(bytes, from + length - left, current, filled, part);
          filled += part;
          left -= part;
          cutIfFull();
        }
      }

      private void cutIfFull() {
        if (filled == chunkBytes) {
          checksum.update(current, 0, filled);
          chunks.add(Arrays.copyOf(current, filled));
          filled = 0;
        }
      }

      private void ensure(int capacity) {
        if (capacity > current.length) {
          current =
              Arrays.copyOf(
                  current, (int) Math.min(chunkBytes, Math.max(capacity, current.length * 2L)));
        }
      }
    }
  }

  /** The same image, whose last chunk is the checksum and nothing else. */
  public static List<byte[]> withLoneChecksum(List<byte[]> chunks) {
    byte[] last = chunks.getLast();
    int end = last.length - CHECKSUM_BYTES;
    if (end == 0) {
      return chunks;
    }
    List<byte[]> all = new ArrayList<>(chunks.subList(0, chunks.size() - 1));
    all.add(Arrays.copyOf(last, end));
    all.add(Arrays.copyOfRange(last, end, last.length));
    return all;
  }

  /**
   * The image in the chunks, without its checksum.
   *
   * @throws IOException if the checksum does not hold
   */
  public static DataInput verified(List<byte[]> chunks) throws IOException {
    CRC32C checksum = new CRC32C();
    for (byte[] chunk : chunks.subList(0, chunks.size() - 1)) {
      checksum.update(chunk);
    }
    byte[] last = chunks.getLast();
    int end = last.length - CHECKSUM_BYTES;
    if (end < 0) {
      throw new IOException("an image ends before its checksum");
    }
    checksum.update(last, 0, end);
    if (ByteBuffer.wrap(last).getLong(end) != checksum.getValue()) {
      throw new IOException("an image's checksum does not hold");
    }
    List<InputStream> streams = new ArrayList<>();
    for (byte[] chunk : chunks) {
      streams.add(new ByteArrayInputStream(chunk));
    }
    return new DataInputStream(new SequenceInputStream(Collections.enumeration(streams)));
  }
}
