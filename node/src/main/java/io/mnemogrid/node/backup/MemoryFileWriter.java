package io.mnemogrid.node.backup;

import io.mnemogrid.node.memory.MemoryCopies.Copy;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;

/** Writes a file of memories as {@link MemoryFileLayout} has it, one block at a time. */
final class MemoryFileWriter implements AutoCloseable {
  private final FileChannel channel;
  private final DigestOutputStream out;
  private final boolean compressed;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private ByteBuffer block = MemoryFileLayout.buffer(2 * MemoryFileLayout.BLOCK_BYTES);
  private int inBlock;
  private long copies;
  private long bytes;

  MemoryFileWriter(Path file, boolean compressed) throws IOException {
    this.compressed = compressed;
    this.channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(channel));
    this.out = new DigestOutputStream(buffered, Sha256.digest());
    write(MemoryFileLayout.header(compressed));
  }

  void add(Copy copy) throws IOException {
    float[] vector = copy.vector();
    int numbers = vector == null ? 0 : vector.length;
    ensure(3 * Integer.BYTES + Long.BYTES + copy.record().length + (long) numbers * Float.BYTES);
    block.putInt(copy.record().length).put(copy.record());
    block.putInt(vector == null ? MemoryFileLayout.NO_VECTOR : numbers);
    if (vector != null) {
      for (float number : vector) {
        block.putFloat(number);
      }
    }
    block.putInt(copy.accessCount()).putLong(copy.lastAccessedAt());
    inBlock++;
    if (block.position() >= MemoryFileLayout.BLOCK_BYTES) {
      endBlock();
    }
  }

  private void ensure(long more) {
    long needed = block.position() + more;
    if (needed > MemoryFileLayout.MOST_BLOCK_BYTES) {
      throw new IllegalArgumentException("a memory of " + more + " bytes is too long for a block");
    }
    if (needed > block.capacity()) {
      ByteBuffer wider = MemoryFileLayout.buffer(MemoryFileLayout.MOST_BLOCK_BYTES);
      block = wider.put(block.flip());
    }
  }

  private void endBlock() throws IOException {
    if (inBlock > 0) {
      writeBlock(inBlock, Arrays.copyOf(block.array(), block.position()));
      copies += inBlock;
      inBlock = 0;
      block.clear();
    }
  }

  private void writeBlock(int count, byte[] inflated) throws IOException {
    byte[] stored = compressed ? deflated(inflated) : inflated;
    var head = new MemoryFileLayout.Head(stored.length, inflated.length, count);
    write(head.with(stored));
    write(stored);
  }

  private byte[] deflated(byte[] inflated) {
    deflater.reset();
    deflater.setInput(inflated);
    deflater.finish();
    ByteArrayOutputStream deflated = new ByteArrayOutputStream(inflated.length / 2 + 64);
    byte[] some = new byte[1 << 16];
    while (!deflater.finished()) {
      deflated.write(some, 0, deflater.deflate(some));
    }
    return deflated.toByteArray();
  }

  private void write(byte[] part) throws IOException {
    out.write(part);
    bytes += part.length;
  }

  /**
   * What was written.
   *
   * @param sha256 of the whole file, in lower-case hex
   */
  record Written(long copies, long bytes, String sha256) {}

  /** Ends the file; when it returns, the disk has it. */
  Written finish() throws IOException {
    endBlock();
    writeBlock(0, MemoryFileLayout.buffer(Long.BYTES).putLong(copies).array());
    out.flush();
    channel.force(true);
    return new Written(copies, bytes, HexFormat.of().formatHex(out.getMessageDigest().digest()));
  }

  @Override
  public void close() throws IOException {
    deflater.end();
    channel.close();
  }
}
