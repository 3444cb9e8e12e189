package io.mnemogrid.vector.memory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * mmap(2), munmap(2) and madvise(2) for private anonymous memory. The constants are those of every
 * 64-bit Linux that this JDK runs on.
 */
final class LinuxCalls {
  /** What {@link #map} gives for memory that there is not. */
  static final long REFUSED = -1;

  /** Null on other systems, and where the JVM has no linker. */
  static final @Nullable LinuxCalls INSTANCE = link();

  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_PRIVATE = 0x02;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_NORESERVE = 0x4000;
  private static final int MADV_HUGEPAGE = 14;
  private static final int MADV_POPULATE_WRITE = 23;
  private static final int MADV_COLLAPSE = 25;

  private final MethodHandle mmap;
  private final MethodHandle munmap;
  private final MethodHandle madvise;

  @SuppressWarnings("restricted")
  private LinuxCalls(Linker linker) {
    SymbolLookup libc = linker.defaultLookup();
    mmap =
        linker.downcallHandle(
            libc.findOrThrow("mmap"),
            FunctionDescriptor.of(
                JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    munmap =
        linker.downcallHandle(
            libc.findOrThrow("munmap"), FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    madvise =
        linker.downcallHandle(
            libc.findOrThrow("madvise"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  }

  /** The address of {@code bytes} of new memory, zeroed when first touched, or {@link #REFUSED}. */
  long map(long bytes) {
    // Not counted against what the system has promised: some of it is there for alignment only.
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    try {
      return (long) mmap.invokeExact(0L, bytes, PROT_READ_WRITE, flags, -1, 0L);
    } catch (Throwable e) {
      throw new IllegalStateException("mmap could not be called", e);
    }
  }

  /** Gives back all of a mapping. */
  void unmap(long mapping, long bytes) {
    int failed;
    try {
      failed = (int) munmap.invokeExact(mapping, bytes);
    } catch (Throwable e) {
      throw new IllegalStateException("munmap could not be called", e);
    }
    if (failed != 0) {
      throw new IllegalStateException("%d bytes at %x not unmapped".formatted(bytes, mapping));
    }
  }

  /**
   * Asks for huge pages: where the memory was touched already, by its being moved into them.
   *
   * @return whether the system took the advice
   */
  boolean makeHugePages(long address, long bytes) {
    boolean advised = advise(address, bytes, MADV_HUGEPAGE);
    if (advised) {
      // Fails where nothing was touched yet, as well, and on kernels before 6.1, whose own time it
      // then comes in.
      advise(address, bytes, MADV_COLLAPSE);
    }
    return advised;
  }

  /** Has memory be there that will be touched soon: at one go, not page by page. */
  void populate(long address, long bytes) {
    advise(address, bytes, MADV_POPULATE_WRITE); // kernels before 5.14 refuse
  }

  private boolean advise(long address, long bytes, int advice) {
    try {
      return (int) madvise.invokeExact(address, bytes, advice) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("madvise could not be called", e);
    }
  }

  private static @Nullable LinuxCalls link() {
    boolean linux = System.getProperty("os.name").equals("Linux");
    if (!linux || ADDRESS.byteSize() != Long.BYTES) {
      return null;
    }
    try {
      return new LinuxCalls(Linker.nativeLinker());
    } catch (UnsupportedOperationException e) {
      return null;
    }
  }
}
