package io.mnemogrid.vector.hnsw;

import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.MemoryLimitException;
import io.mnemogrid.vector.memory.SlabAllocator;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The neighbour lists of one layer, or of all upper layers together, by record. Changed by the
 * maintainer; {@link #count}, {@link #link} and {@link #above} are for any thread.
 */
final class Links {
  static final int NONE = -1;

  private static final int CHUNK_SHIFT = 8;
  private static final int CHUNK_MASK = (1 << CHUNK_SHIFT) - 1;

  private final int degree;
  private final int strideBytes;
  private final SlabAllocator allocator;
  private Block[] blocks = {};
  private volatile UnsafeBuffer[] chunks = {};

  Links(int degree, SlabAllocator allocator) {
    this.degree = degree;
    this.strideBytes = NodeLayout.strideBytes(degree);
    this.allocator = allocator;
  }

  int degree() {
    return degree;
  }

  /** Records there is memory for. */
  int capacity() {
    return chunks.length << CHUNK_SHIFT;
  }

  /**
   * Makes room for records up to {@code record}.
   *
   * @throws MemoryLimitException if there is no memory; records made room for stay, empty
   */
  void makeRoomFor(int record) {
    while (record >= capacity()) {
      Block block = allocator.allocate((long) strideBytes << CHUNK_SHIFT);
      var buffer = new UnsafeBuffer(block.address(), strideBytes << CHUNK_SHIFT);
      buffer.setMemory(0, buffer.capacity(), (byte) 0);
      for (int i = 0; i <= CHUNK_MASK; i++) {
        buffer.putInt(i * strideBytes + NodeLayout.ABOVE, NONE);
      }
      blocks = Arrays.copyOf(blocks, blocks.length + 1);
      blocks[blocks.length - 1] = block;
      UnsafeBuffer[] now = chunks;
      UnsafeBuffer[] grown = Arrays.copyOf(now, now.length + 1);
      grown[now.length] = buffer;
      chunks = grown;
    }
  }

  /**
   * Gives up what is behind the first {@code records} records, which nobody can reach.
   *
   * @return blocks that were read before, and that the caller has to free
   */
  List<Block> trim(int records) {
    int kept = (records + CHUNK_MASK) >>> CHUNK_SHIFT;
    if (kept >= blocks.length) {
      return List.of();
    }
    List<Block> withdrawn = List.of(Arrays.copyOfRange(blocks, kept, blocks.length));
    chunks = Arrays.copyOf(chunks, kept);
    blocks = Arrays.copyOf(blocks, kept);
    return withdrawn;
  }

  int count(int record) {
    return chunk(record).getIntAcquire(offset(record) + NodeLayout.COUNT);
  }

  int link(int record, int i) {
    return chunk(record).getIntAcquire(NodeLayout.linkOffset(offset(record), i));
  }

  /** The record of the same node in the layer above, or {@link #NONE}. */
  int above(int record) {
    return chunk(record).getIntAcquire(offset(record) + NodeLayout.ABOVE);
  }

  void setAbove(int record, int above) {
    chunk(record).putIntRelease(offset(record) + NodeLayout.ABOVE, above);
  }

  long backbone(int record) {
    return chunk(record).getLong(offset(record) + NodeLayout.BACKBONE);
  }

  void setBackbone(int record, long bits) {
    chunk(record).putLong(offset(record) + NodeLayout.BACKBONE, bits);
  }

  /**
   * Copies the list of {@code record}.
   *
   * @return its length
   */
  int read(int record, int[] into) {
    UnsafeBuffer chunk = chunk(record);
    int offset = offset(record);
    int count = chunk.getIntAcquire(offset + NodeLayout.COUNT);
    for (int i = 0; i < count; i++) {
      into[i] = chunk.getIntAcquire(NodeLayout.linkOffset(offset, i));
    }
    return count;
  }

  int indexOf(int record, int slot) {
    for (int i = 0, n = count(record); i < n; i++) {
      if (link(record, i) == slot) {
        return i;
      }
    }
    return NONE;
  }

  void set(int record, int i, int slot) {
    chunk(record).putIntRelease(NodeLayout.linkOffset(offset(record), i), slot);
  }

  void setCount(int record, int count) {
    assert count >= 0 && count <= degree : "count %d of degree %d".formatted(count, degree);
    chunk(record).putIntRelease(offset(record) + NodeLayout.COUNT, count);
  }

  void append(int record, int slot) {
    int count = count(record);
    set(record, count, slot);
    setCount(record, count + 1);
  }

  /** Empties a record that nobody can reach. */
  void clear(int record) {
    setCount(record, 0);
    setBackbone(record, 0);
    setAbove(record, NONE);
  }

  long bytes() {
    long bytes = 0;
    for (Block block : blocks) {
      bytes += block.bytes();
    }
    return bytes;
  }

  int strideBytes() {
    return strideBytes;
  }

  /** Where the record begins; for copying records out and in. */
  long address(int record) {
    return chunk(record).addressOffset() + offset(record);
  }

  int contiguousFrom(int record) {
    return CHUNK_MASK + 1 - (record & CHUNK_MASK);
  }

  /** The blocks, which are the caller's from now on. */
  Block[] release() {
    Block[] released = blocks;
    blocks = new Block[0];
    return released;
  }

  private UnsafeBuffer chunk(int record) {
    return chunks[record >>> CHUNK_SHIFT];
  }

  private int offset(int record) {
    return (record & CHUNK_MASK) * strideBytes;
  }
}
