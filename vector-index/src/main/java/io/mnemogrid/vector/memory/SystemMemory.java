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
    Mapped memory = Mapped.reserve(bytes, false, linux);
    if (memory != null) {
      memory.takeUpTo(bytes);
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
   * A mapping of which a part is used that grows. The rest takes address space only; up to a huge
   * page of it is there so that the used part can be aligned. Changed by one thread at a time.
   */
  final class Mapped implements SystemMemory {
    private final LinuxCalls linux;
    private final long mapping;
    private final long mostBytes;
    private final boolean ahead;
    private long bytes;
    private long hugeBytes;

    private Mapped(LinuxCalls linux, long mapping, long mostBytes, boolean ahead) {
      this.linux = linux;
      this.mapping = mapping;
      this.mostBytes = mostBytes;
      this.ahead = ahead;
    }

    /**
     * Memory of which nothing is used yet.
     *
     * @param mostBytes that will ever be used
     * @param ahead whether to take all of a huge page at once, before it is used: it then never
     *     consists of small ones, each of which costs an interrupt when it is touched first
     * @return null if the system refuses
     */
    static @Nullable Mapped reserve(long mostBytes, boolean ahead, LinuxCalls linux) {
      long mapping = linux.map(mostBytes + HUGE_PAGE_BYTES);
      return mapping == LinuxCalls.REFUSED ? null : new Mapped(linux, mapping, mostBytes, ahead);
    }

    /**
     * What {@link #bytes} will be with {@code newBytes} in use.
     *
     * @param room bytes that may be taken, at least what that takes
     */
    long bytesWith(long newBytes, long room) {
      long wholePages =
          Math.min(Math.ceilDiv(newBytes, HUGE_PAGE_BYTES) * HUGE_PAGE_BYTES, mostBytes);
      return ahead && wholePages - bytes <= room ? wholePages : Math.max(bytes, newBytes);
    }

    /** Takes more from the system, from where what was taken ends. */
    void takeUpTo(long newBytes) {
      if (newBytes == bytes) {
        return;
      }
      // Whole huge pages only: one that began in the last part would end outside the account.
      long wholePages = newBytes & -HUGE_PAGE_BYTES;
      if (wholePages > hugeBytes
          && linux.makeHugePages(address() + hugeBytes, wholePages - hugeBytes)) {
        hugeBytes = wholePages;
      }
      linux.populate(address() + bytes, newBytes - bytes);
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
