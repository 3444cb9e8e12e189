package io.mnemogrid.node.backup;

import io.mnemogrid.node.memory.MemoryCopies.Copy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a file of memories as {@link MemoryFileLayout} has it, one block at a time, and says where
 * it is damaged.
 */
final class MemoryFileReader implements AutoCloseable {
  private final String name;
  private final DigestInputStream in;
  private final boolean compressed;
  private final Inflater inflater = new Inflater();
  private long offset;
  private long blockAt;
  private long copies;
  private boolean ended;

  /**
   * @throws DamagedBackupException if it is no such file
   */
  MemoryFileReader(Path file) throws IOException {
    this.name = String.valueOf(file.getFileName());
    this.in =
        new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), Sha256.digest());
    try {
      this.compressed = isCompressed();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private boolean isCompressed() throws IOException {
    byte[] whole = bytes(MemoryFileLayout.HEADER_BYTES);
    ByteBuffer header = MemoryFileLayout.wrap(whole);
    if (header.getLong() != MemoryFileLayout.MAGIC) {
      throw new DamagedBackupException(name, 0, "it is no file of memories");
    }
    int format = header.getInt();
    if (format != MemoryFileLayout.FORMAT) {
      throw new DamagedBackupException(
          name,
          Long.BYTES,
          "it says that it is of format %d; this node reads %d"
              .formatted(format, MemoryFileLayout.FORMAT));
    }
    int compression = header.getInt();
    if (header.getInt() != MemoryFileLayout.headerChecksum(whole)) {
      throw new DamagedBackupException(name, 0, "the checksum of its beginning does not hold");
    }
    return compression == 1;
  }

  /**
   * The copies of the next block, none at the end.
   *
   * @throws DamagedBackupException if the block, or the end, is not as it was written
   */
  List<Copy> next() throws IOException {
    if (ended) {
      return List.of();
    }
    blockAt = offset;
    ByteBuffer fields = MemoryFileLayout.wrap(bytes(MemoryFileLayout.HEAD_BYTES));
    var head = new MemoryFileLayout.Head(fields.getInt(), fields.getInt(), fields.getInt());
    if (!head.isPossible()) {
      throw damaged("no block begins here");
    }
    byte[] stored = bytes(head.stored());
    if (head.checksum(stored) != fields.getInt()) {
      throw damaged("the checksum of the block does not hold");
    }
    ByteBuffer block =
        MemoryFileLayout.wrap(compressed ? inflated(stored, head.inflated()) : stored);
    if (head.isLast()) {
      end(block);
      return List.of();
    }
    copies += head.copies();
    return copies(block, head.copies());
  }

  private void end(ByteBuffer block) throws IOException {
    if (block.remaining() != Long.BYTES || block.getLong() != copies) {
      throw damaged("there are not as many memories as its end says");
    }
    blockAt = offset;
    if (in.read() >= 0) {
      throw damaged("something follows its end");
    }
    ended = true;
  }

  private List<Copy> copies(ByteBuffer block, int count) throws IOException {
    List<Copy> all = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        byte[] record = new byte[length(block, Byte.BYTES)];
        block.get(record);
        float[] vector = null;
        if (block.getInt(block.position()) == MemoryFileLayout.NO_VECTOR) {
          block.getInt();
        } else {
          vector = new float[length(block, Float.BYTES)];
          for (int at = 0; at < vector.length; at++) {
            vector[at] = block.getFloat();
          }
        }
        all.add(new Copy(record, vector, block.getInt(), block.getLong()));
      }
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw damaged("a memory does not end in its block");
    }
    if (block.hasRemaining()) {
      throw damaged("the block holds more than its memories");
    }
    return all;
  }

  /** A count of things of so many bytes each, that the block can hold. */
  private int length(ByteBuffer block, int each) throws IOException {
    int length = block.getInt();
    if (length < 0 || length > block.remaining() / each) {
      throw damaged("a memory does not end in its block");
    }
    return length;
  }

  private byte[] inflated(byte[] stored, int length) throws IOException {
    byte[] inflated = new byte[length];
    try {
      inflater.reset();
      inflater.setInput(stored);
      int filled = 0;
      while (filled < length && !inflater.finished()) {
        int more = inflater.inflate(inflated, filled, length - filled);
        if (more == 0) {
          break;
        }
        filled += more;
      }
      if (filled == length) {
        return inflated;
      }
    } catch (DataFormatException e) {
      throw damaged("the block cannot be inflated");
    }
    throw damaged("the block is shorter than it says");
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw damaged("it ends too early");
    }
    offset += count;
    return bytes;
  }

  /** That what began where the last block did is not as it was written. */
  DamagedBackupException damaged(String what) {
    return new DamagedBackupException(name, blockAt, what);
  }

  /** Bytes that were read. */
  long offset() {
    return offset;
  }

  /** Of the file, once its end is read; in lower-case hex. */
  String sha256() {
    return HexFormat.of().formatHex(in.getMessageDigest().digest());
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
