package io.mnemogrid.vector.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hands out blocks under one limit. Small blocks share pages of their size, so that ten thousand
 * indexes of a few rows cost little more than their rows; large ones are pages of one block, huge
 * pages of the system where it has them.
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
    if (closed) {
      throw new IllegalStateException("allocator is closed");
    }
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
    Shelf shelf = shelves.computeIfAbsent(page.blockBytes, _ -> new Shelf());
    if (page.isFull()) {
      shelf.withRoom.add(page);
    }
    page.giveBack(block);
    usedBytes -= page.blockBytes;
    if (!page.isEmpty()) {
      return null;
    }
    shelf.withRoom.remove(page);
    shelf.blocks -= page.blocks;
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
    long room = limitBytes - reservedBytes;
    if (blockBytes > room) {
      throw MemoryLimitException.overLimit(blockBytes, reservedBytes, limitBytes);
    }
    // As many blocks again as there are of this size, so that little is reserved for one index; and
    // less near the limit, where one size must not take the room of all others.
    long pageBytes = Math.min(SHARED_PAGE_BYTES, room / ROOM_SHARE);
    long most = Math.clamp(pageBytes / blockBytes, 1, Page.MOST_BLOCKS);
    int blocks = Math.clamp(shelf.blocks, 1, (int) most);
    SystemMemory memory = SystemMemory.take(blockBytes * blocks, hugePages);
    if (memory == null) {
      throw MemoryLimitException.refused(blockBytes * blocks, reservedBytes, limitBytes);
    }
    Page page = new Page(blockBytes, blocks, memory);
    shelf.blocks += blocks;
    reservedBytes += page.bytes();
    hugeBytes += page.hugeBytes();
    return page;
  }

  /** Bytes of the blocks handed out. */
  public synchronized long usedBytes() {
    return usedBytes;
  }

  /** Bytes taken from the system: the blocks handed out and the free ones between them. */
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
  private static final class Shelf {
    final List<Page> withRoom = new ArrayList<>();
    int blocks;
  }
}
