package io.mnemogrid.node.lexical;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * Numbers and bytes within a longer stream, in blocks: each has its length (int, positive) and its
 * CRC-32C (int) before it; a length of 0 ends them. A number is in one block, bytes may go on in
 * the next. Nothing of a block is handed out that was not checked.
 */
final class CheckedBlocks {
  static final int BLOCK_BYTES_MAX = 1 << 16;
  private static final int END = 0;

  private CheckedBlocks() {}

  /** Collects blocks; to be closed, which leaves the stream around it open. */
  static final class Output implements AutoCloseable {
    private final DataOutput out;
    private final byte[] block = new byte[BLOCK_BYTES_MAX];
    private int filled;

    Output(DataOutput out) {
      this.out = out;
    }

    void number(int value) throws IOException {
      if (block.length - filled < VarInt.BYTES_MAX) {
        writeBlock();
      }
      filled = VarInt.put(block, filled, value);
    }

    void bytes(byte[] bytes) throws IOException {
      int at = 0;
      while (at < bytes.length) {
        if (filled == block.length) {
          writeBlock();
        }
        int part = Math.min(bytes.length - at, block.length - filled);
        System.arraycopy(bytes, at, block, filled, part);
        at += part;
        filled += part;
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
  static final class Input {
    private final DataInput in;
    private byte[] block = {};
    private int at;
    private boolean ended;

    Input(DataInput in) {
      this.in = in;
    }

    int number() throws IOException {
      requireMore();
      int value = VarInt.get(block, at, block.length);
      at += VarInt.bytes(value);
      return value;
    }

    byte[] bytes(int length) throws IOException {
      byte[] bytes = new byte[length];
      int filled = 0;
      while (filled < length) {
        requireMore();
        int part = Math.min(length - filled, block.length - at);
        System.arraycopy(block, at, bytes, filled, part);
        at += part;
        filled += part;
      }
      return bytes;
    }

    /** Whether nothing more is to be had; reads the end, too. */
    boolean isAtEnd() throws IOException {
      return at == block.length && !readBlock();
    }

    private void requireMore() throws IOException {
      if (isAtEnd()) {
        throw new EOFException("the blocks end too early");
      }
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
