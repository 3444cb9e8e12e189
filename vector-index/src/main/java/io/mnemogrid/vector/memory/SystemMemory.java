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
    return hugePages && linux != null && bytes >= HUGE_PAGE_BYTES
        ? Mapped.take(bytes, linux)
        : InArena.take(bytes);
  }

  /** What every system has. An arena zeroes by touching, which settles for small pages. */
  record InArena(Arena arena, long address) implements SystemMemory {
    static @Nullable SystemMemory take(long bytes) {
      Arena arena = Arena.ofShared();
      try {
        return new InArena(arena, arena.allocate(bytes, ARENA_ALIGNMENT_BYTES).address());
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
   * A mapping larger than what is used of it by up to a huge page, so that the used part can be
   * aligned. The rest is never touched and takes address space only.
   */
  record Mapped(LinuxCalls linux, long mapping, long mappedBytes, long hugeBytes)
      implements SystemMemory {
    static @Nullable SystemMemory take(long bytes, LinuxCalls linux) {
      long mappedBytes = bytes + HUGE_PAGE_BYTES;
      long mapping = linux.map(mappedBytes);
      if (mapping == LinuxCalls.REFUSED) {
        return null;
      }
      // Whole huge pages only: one that began in the last part would end outside the account.
      long wholePages = bytes & -HUGE_PAGE_BYTES;
      boolean advised = linux.adviseHugePages(aligned(mapping), wholePages);
      return new Mapped(linux, mapping, mappedBytes, advised ? wholePages : 0);
    }

    @Override
    public long address() {
      return aligned(mapping);
    }

    @Override
    public void release() {
      linux.unmap(mapping, mappedBytes);
    }

    private static long aligned(long address) {
      return (address + HUGE_PAGE_BYTES - 1) & -HUGE_PAGE_BYTES;
    }
  }
}
