package io.mnemogrid.node.lexical;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.CRC32C;

/**
 * Bytes within a longer stream: blocks, each with its length (int, positive) and its CRC-32C (int)
 * before it; a length of 0 ends them. Nothing of a block is handed out that was not checked.
 */
final class CheckedBlocks {
  static final int BLOCK_BYTES_MAX = 1 << 16;
  private static final int END = 0;

  private CheckedBlocks() {}

  /** Collects blocks; to be closed, which leaves the stream around it open. */
  static final class Output extends OutputStream {
    private final DataOutput out;
    private final byte[] block = new byte[BLOCK_BYTES_MAX];
    private int filled;

    Output(DataOutput out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      if (filled == block.length) {
        writeBlock();
      }
      block[filled++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      for (int i = 0; i < length; i++) {
        write(bytes[from + i]);
      }
    }

    private void writeBlock() throws IOException {
      out.writeInt(filled);
      out.writeInt(checksum(block, filled));
      out.write(block, 0, filled);
      filled = 0;
    }

    @Override
    public void close() throws IOException {
      if (filled > 0) {
        writeBlock();
      }
      out.writeInt(END);
    }
  }

  /** Hands out what the blocks hold, and reads no further than their end. */
  static final class Input extends InputStream {
    private final DataInput in;
    private byte[] block = {};
    private int at;
    private boolean ended;

    Input(DataInput in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      return at < block.length || readBlock() ? block[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (at == block.length && !readBlock()) {
        return -1;
      }
      int part = Math.min(length, block.length - at);
      System.arraycopy(block, at, into, from, part);
      at += part;
      return part;
    }

    private boolean readBlock() throws IOException {
      if (ended) {
        return false;
      }
      int length = in.readInt();
      if (length == END) {
        ended = true;
        return false;
      }
      if (length < 0 || length > BLOCK_BYTES_MAX) {
        throw new IOException("a block cannot have %d bytes".formatted(length));
      }
      int checksum = in.readInt();
      byte[] next = new byte[length];
      in.readFully(next);
      if (checksum != checksum(next, length)) {
        throw new IOException("a block's checksum does not hold");
      }
      block = next;
      at = 0;
      return true;
    }
  }

  private static int checksum(byte[] block, int length) {
    CRC32C sum = new CRC32C();
    sum.update(block, 0, length);
    return (int) sum.getValue();
  }
}
