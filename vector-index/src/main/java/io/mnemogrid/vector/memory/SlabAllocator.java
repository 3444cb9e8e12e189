package io.mnemogrid.vector.memory;

import io.mnemogrid.vector.memory.SystemMemory.Mapped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands out blocks under one limit. Small blocks share pages of their size, so that ten thousand
 * indexes of a few rows cost little more than their rows; large ones are pages of one block, huge
 * pages of the system where it has them, and can grow where they are.
 *
 * <p>Safe for any thread. The lock is held for a few instructions, except when a page comes from or
 * goes back to the system; searches never take it.
 */
public final class SlabAllocator {
  private static final byte POISON = (byte) 0xFF; // reads as NaN and as slot -1
  private static final long SHARED_PAGE_BYTES = 256 * 1024;
  private static final long ROOM_SHARE = 8;

  private static final long MOST_QUARANTINED_BYTES = 256 << 20;

  private final long limitBytes;
  private final boolean poison;
  private final boolean hugePages;
  private final Map<Long, Shelf> shelves = new HashMap<>();
  private final ArrayDeque<Page> quarantine = new ArrayDeque<>();
  private long quarantinedBytes;
  private long reservedBytes;
  private long hugeBytes;
  private long usedBytes;
  private boolean closed;

  /**
   * Makes an allocator that has taken nothing yet.
   *
   * @param limitBytes most bytes taken from the system at any time
   * @param poison fill freed blocks with a pattern and keep them mapped for long, so that a use
   *     after free gives a recognisable value and no crash; for tests
   */
  public SlabAllocator(long limitBytes, boolean poison) {
    this(limitBytes, poison, true);
  }

  /** Without huge pages all memory comes as on a system that has none. */
  SlabAllocator(long limitBytes, boolean poison, boolean hugePages) {
    if (limitBytes <= 0) {
      throw new IllegalArgumentException("limitBytes must be positive, was " + limitBytes);
    }
    this.limitBytes = limitBytes;
    this.poison = poison;
    this.hugePages = hugePages;
  }

  /**
   * Hands out a block of at least {@code bytes}.
   *
   * @throws MemoryLimitException if the limit would be passed or the system has no more; nothing
   *     has changed then
   */
  public synchronized Block allocate(long bytes) {
    requireOpen();
    long blockBytes = SizeClasses.roundUp(bytes);
    Shelf shelf = shelves.computeIfAbsent(blockBytes, _ -> new Shelf());
    if (shelf.withRoom.isEmpty()) {
      shelf.withRoom.add(newPage(blockBytes, shelf));
    }
    Page page = shelf.withRoom.getLast();
    Block block = page.take();
    if (page.isFull()) {
      shelf.withRoom.removeLast();
    }
    usedBytes += blockBytes;
    return block;
  }

  /** Whether there are blocks that grow where they are, on this system. */
  public boolean growsInPlace() {
    return hugePages && LinuxCalls.INSTANCE != null;
  }

  /**
   * As {@link #allocate}, a block that {@link #grow} makes larger, if {@link #growsInPlace}. It is
   * a mapping of its own, of which a system has some ten thousands.
   *
   * @param most bytes that it may come to have
   * @param ahead whether to take huge pages whole and before they are used, as far as the limit
   *     lets: new memory then costs much less, and up to a huge page lies idle
   */
  public synchronized Block allocateGrowing(long bytes, long most, boolean ahead) {
    LinuxCalls linux = LinuxCalls.INSTANCE;
    if (linux == null || !hugePages) {
      return allocate(bytes);
    }
    requireOpen();
    long blockBytes = SizeClasses.roundUp(bytes);
    requireRoom(blockBytes);
    Mapped memory = Mapped.reserve(SizeClasses.roundUp(most), ahead, linux);
    if (memory == null) {
      throw MemoryLimitException.refused(blockBytes, reservedBytes, limitBytes);
    }
    return grow(new Page(memory), blockBytes);
  }

  /**
   * Makes a block larger where it is. Readers of what it held go on.
   *
   * @param bytes at most those that it was allocated for
   * @return the block in the place of {@code block}; null if that one cannot grow
   * @throws MemoryLimitException if the limit would be passed; nothing has changed then
   */
  public synchronized @Nullable Block grow(Block block, long bytes) {
    Page page = block.page;
    long newBytes = SizeClasses.roundUp(bytes);
    if (page.shelf != null || newBytes > page.blockBytes) {
      return null;
    }
    requireRoom(newBytes - page.bytes());
    block.markFreed();
    usedBytes -= block.bytes();
    return grow(page, newBytes);
  }

  private Block grow(Page page, long newBytes) {
    long taken = page.bytes();
    long huge = page.hugeBytes();
    Block grown = page.grow(newBytes, page.bytesWith(newBytes, limitBytes - reservedBytes));
    reservedBytes += page.bytes() - taken;
    hugeBytes += page.hugeBytes() - huge;
    usedBytes += newBytes;
    return grown;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("allocator is closed");
    }
  }

  private void requireRoom(long bytes) {
    if (bytes > limitBytes - reservedBytes) {
      throw MemoryLimitException.overLimit(bytes, reservedBytes, limitBytes);
    }
  }

  public void free(Block block) {
    Page unused = giveBack(block);
    if (unused != null) {
      unused.release(); // outside the lock: other processors have to take note
    }
  }

  private synchronized @Nullable Page giveBack(Block block) {
    block.markFreed();
    Page page = block.page;
    if (poison) {
      NativeMemory.fill(block.address(), block.bytes(), POISON);
    }
    usedBytes -= block.bytes();
    Shelf shelf = page.shelf;
    if (shelf != null && page.isFull()) {
      shelf.withRoom.add(page);
    }
    page.giveBack(block);
    if (!page.isEmpty()) {
      return null;
    }
    if (shelf != null) {
      shelf.withRoom.remove(page);
      shelf.blocks -= page.blocks;
    }
    reservedBytes -= page.bytes();
    hugeBytes -= page.hugeBytes();
    return poison ? quarantine(page) : page;
  }

  /** Keeps a free page mapped for a while, so that a late read finds poison there. */
  private @Nullable Page quarantine(Page page) {
    quarantine.add(page);
    quarantinedBytes += page.bytes();
    if (quarantinedBytes <= MOST_QUARANTINED_BYTES) {
      return null;
    }
    Page oldest = quarantine.remove();
    quarantinedBytes -= oldest.bytes();
    return oldest;
  }

  private Page newPage(long blockBytes, Shelf shelf) {
    requireRoom(blockBytes);
    long room = limitBytes - reservedBytes;
    // As many blocks again as there are of this size, so that little is reserved for one index; and
    // less near the limit, where one size must not take the room of all others.
    long pageBytes = Math.min(SHARED_PAGE_BYTES, room / ROOM_SHARE);
    long most = Math.clamp(pageBytes / blockBytes, 1, Page.MOST_BLOCKS);
    int blocks = Math.clamp(shelf.blocks, 1, (int) most);
    SystemMemory memory = SystemMemory.take(blockBytes * blocks, hugePages);
    if (memory == null) {
      throw MemoryLimitException.refused(blockBytes * blocks, reservedBytes, limitBytes);
    }
    Page page = new Page(shelf, blockBytes, blocks, memory);
    shelf.blocks += blocks;
    reservedBytes += page.bytes();
    hugeBytes += page.hugeBytes();
    return page;
  }

  /** Bytes of the blocks handed out. */
  public synchronized long usedBytes() {
    return usedBytes;
  }

  /**
   * Bytes taken from the system: the blocks handed out, and what is free between and behind them.
   */
  public synchronized long reservedBytes() {
    return reservedBytes;
  }

  /** How much of {@link #reservedBytes} the system was asked to keep in huge pages. */
  public synchronized long hugeBytes() {
    return hugeBytes;
  }

  public long limitBytes() {
    return limitBytes;
  }

  /** Refuses further blocks. Those handed out stay valid until their owners free them. */
  public synchronized void close() {
    closed = true;
  }

  /** The pages of one size. */
  static final class Shelf {
    final List<Page> withRoom = new ArrayList<>();
    int blocks;
  }
}
