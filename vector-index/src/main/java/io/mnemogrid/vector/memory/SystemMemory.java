package io.mnemogrid.vector.memory;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/** A stretch of zeroed memory, taken from the system until it is released, once. */
sealed interface SystemMemory {
  /** Below this, and where the system cannot be asked, memory comes from an arena. */
  long HUGE_PAGE_BYTES = 2 << 20;

  long ARENA_ALIGNMENT_BYTES = 64;

  /** A multiple of {@link #HUGE_PAGE_BYTES} if {@link #hugeBytes} is not 0, of 64 otherwise. */
  long address();

  /** Bytes taken from the system, from {@link #address} on. */
  long bytes();

  /** Bytes from {@link #address} on that the system was asked to keep in huge pages. */
  long hugeBytes();

  void release();

  /**
   * Takes {@code bytes} from the system.
   *
   * @param hugePages whether huge pages are wanted, where they make sense
   * @return null if the system refuses
   */
  static @Nullable SystemMemory take(long bytes, boolean hugePages) {
    LinuxCalls linux = LinuxCalls.INSTANCE;
    if (!hugePages || linux == null || bytes < HUGE_PAGE_BYTES) {
      return InArena.take(bytes);
    }
    Mapped memory = Mapped.reserve(bytes, linux);
    if (memory != null) {
      memory.useUpTo(bytes);
    }
    return memory;
  }

  /** What every system has. An arena zeroes by touching, which settles for small pages. */
  record InArena(Arena arena, long address, long bytes) implements SystemMemory {
    static @Nullable SystemMemory take(long bytes) {
      Arena arena = Arena.ofShared();
      try {
        long address = arena.allocate(bytes, ARENA_ALIGNMENT_BYTES).address();
        return new InArena(arena, address, bytes);
      } catch (OutOfMemoryError e) { // of the system or of direct memory: the heap is not affected
        arena.close();
        return null;
      }
    }

    @Override
    public long hugeBytes() {
      return 0;
    }

    @Override
    public void release() {
      arena.close();
    }
  }

  /**
   * A mapping of which a part is used that grows. The rest is never touched and takes address space
   * only; up to a huge page of it is there so that the used part can be aligned. Changed by one
   * thread at a time.
   */
  final class Mapped implements SystemMemory {
    private final LinuxCalls linux;
    private final long mapping;
    private final long mostBytes;
    private long bytes;
    private long hugeBytes;

    private Mapped(LinuxCalls linux, long mapping, long mostBytes) {
      this.linux = linux;
      this.mapping = mapping;
      this.mostBytes = mostBytes;
    }

    /**
     * Memory of which nothing is used yet.
     *
     * @param mostBytes that will ever be used
     * @return null if the system refuses
     */
    static @Nullable Mapped reserve(long mostBytes, LinuxCalls linux) {
      long mapping = linux.map(mostBytes + HUGE_PAGE_BYTES);
      return mapping == LinuxCalls.REFUSED ? null : new Mapped(linux, mapping, mostBytes);
    }

    /** Takes more from the system, from where what is used ends. */
    void useUpTo(long newBytes) {
      // Whole huge pages only: one that began in the last part would end outside the account.
      long wholePages = newBytes & -HUGE_PAGE_BYTES;
      if (wholePages > hugeBytes
          && linux.makeHugePages(address() + hugeBytes, wholePages - hugeBytes)) {
        hugeBytes = wholePages;
      }
      long untouched = Math.max(bytes, hugeBytes);
      linux.populate(address() + untouched, newBytes - untouched);
      bytes = newBytes;
    }

    long mostBytes() {
      return mostBytes;
    }

    @Override
    public long address() {
      return (mapping + HUGE_PAGE_BYTES - 1) & -HUGE_PAGE_BYTES;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public long hugeBytes() {
      return hugeBytes;
    }

    @Override
    public void release() {
      linux.unmap(mapping, mostBytes + HUGE_PAGE_BYTES);
    }
  }
}
