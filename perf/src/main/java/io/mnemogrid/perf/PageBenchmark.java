package io.mnemogrid.perf;

import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.NativeMemory;
import io.mnemogrid.vector.memory.SlabAllocator;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Nanoseconds to read a record of four cache lines at a random place, in memory as the allocator
 * takes it and as an arena does: what huge pages save in looking up addresses.
 */
public class PageBenchmark extends NanosBenchmark {
  private static final int LINE_BYTES = 64;
  private static final int RECORD_BYTES = 4 * LINE_BYTES;
  private static final int RECORDS_IN_CHUNK = 1 << 14;
  private static final long CHUNK_BYTES = (long) RECORDS_IN_CHUNK * RECORD_BYTES;
  private static final long MULTIPLIER = 6364136223846793005L; // Knuth's, of MMIX
  private static final long INCREMENT = 1442695040888963407L;

  @Param({"huge", "small"})
  public String pages = "";

  @Param({"150", "1500"})
  public int megabytes;

  private final Arena arena = Arena.ofShared();
  private final SlabAllocator allocator = new SlabAllocator(Long.MAX_VALUE, false);
  private final List<Block> blocks = new ArrayList<>();
  private long[] chunks = {};
  private long records;
  private long state;

  /** Takes and touches the memory. */
  @Setup
  public void take() {
    chunks = new long[(int) Math.ceilDiv(megabytes * 1_000_000L, CHUNK_BYTES)];
    records = (long) chunks.length * RECORDS_IN_CHUNK;
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = pages.equals("huge") ? fromAllocator() : fromArena();
      NativeMemory.fill(chunks[i], CHUNK_BYTES, (byte) 1);
    }
    if (pages.equals("huge") && allocator.hugeBytes() < records * RECORD_BYTES) {
      throw new IllegalStateException("this system was not asked for huge pages");
    }
  }

  @TearDown(Level.Trial)
  public void giveBack() {
    blocks.forEach(allocator::free);
    arena.close();
  }

  /** The next place depends on what was read, as in a walk from node to node. */
  @Benchmark
  public long oneAfterTheOther() {
    long read = read(place());
    state += read;
    return read;
  }

  /** The processor may read ahead of itself, as in a batch of rows. */
  @Benchmark
  public long overlapping() {
    return read(place());
  }

  private long place() {
    state = state * MULTIPLIER + INCREMENT;
    int record = (int) ((state >>> Integer.SIZE) * records >>> Integer.SIZE);
    return chunks[record / RECORDS_IN_CHUNK] + (long) (record % RECORDS_IN_CHUNK) * RECORD_BYTES;
  }

  private static long read(long address) {
    long sum = 0;
    for (int line = 0; line < RECORD_BYTES; line += LINE_BYTES) {
      sum += NativeMemory.SPACE.get(ValueLayout.JAVA_LONG_UNALIGNED, address + line);
    }
    return sum;
  }

  private long fromAllocator() {
    Block block = allocator.allocate(CHUNK_BYTES);
    blocks.add(block);
    return block.address();
  }

  private long fromArena() {
    return arena.allocate(CHUNK_BYTES, LINE_BYTES).address();
  }
}
