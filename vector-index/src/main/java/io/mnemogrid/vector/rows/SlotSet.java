package io.mnemogrid.vector.rows;

import java.util.Arrays;

/**
 * An immutable set of slots. Adding and removing share all but one page of bits with the original,
 * so a search keeps the set of the moment it began, and a replacement is one publication.
 */
public final class SlotSet {
  public static final SlotSet EMPTY = new SlotSet(new long[0][], 0);

  private static final int PAGE_SHIFT = 6;
  private static final int PAGE_WORDS = 1 << PAGE_SHIFT;
  private static final int PAGE_MASK = PAGE_WORDS - 1;
  private static final long[] NO_WORDS = {};

  private final long[][] pages;
  private final int size;

  private SlotSet(long[][] pages, int size) {
    this.pages = pages;
    this.size = size;
  }

  /** The set whose bits are {@code words}. */
  public static SlotSet ofWords(long[] words) {
    long[][] pages = new long[Math.ceilDiv(words.length, PAGE_WORDS)][];
    int size = 0;
    for (int p = 0; p < pages.length; p++) {
      int from = p << PAGE_SHIFT;
      pages[p] = Arrays.copyOfRange(words, from, Math.min(words.length, from + PAGE_WORDS));
      for (long word : pages[p]) {
        size += Long.bitCount(word);
      }
    }
    return new SlotSet(pages, size);
  }

  public int size() {
    return size;
  }

  public boolean contains(int slot) {
    return (word(slot >>> 6) & 1L << slot) != 0;
  }

  /** One more than the largest index for which {@link #word} may be other than zero. */
  public int words() {
    return pages.length == 0
        ? 0
        : ((pages.length - 1) << PAGE_SHIFT) + pages[pages.length - 1].length;
  }

  /** One more than the highest slot, 0 if there is none. */
  public int end() {
    for (int i = words() - 1; i >= 0; i--) {
      if (word(i) != 0) {
        return (i << 6) + Long.SIZE - Long.numberOfLeadingZeros(word(i));
      }
    }
    return 0;
  }

  /** Membership of the 64 slots from {@code 64 * index}. */
  public long word(int index) {
    int page = index >>> PAGE_SHIFT;
    if (page >= pages.length) {
      return 0;
    }
    long[] words = pages[page];
    int i = index & PAGE_MASK;
    return i < words.length ? words[i] : 0;
  }

  /**
   * The first index from {@code from} on where {@link #word} has slots that are not in {@code
   * other}, or {@link #words}.
   */
  public int nextWordBeyond(SlotSet other, int from) {
    int end = words();
    for (int i = from; i < end; ) {
      long[] mine = pages[i >>> PAGE_SHIFT];
      int page = i >>> PAGE_SHIFT;
      long[] theirs = page < other.pages.length ? other.pages[page] : NO_WORDS;
      int in = i & PAGE_MASK;
      int shared = Math.min(mine.length, theirs.length);
      while (in < shared && (mine[in] & ~theirs[in]) == 0) {
        in++;
      }
      while (in >= shared && in < mine.length && mine[in] == 0) {
        in++;
      }
      if (in < mine.length) {
        return (page << PAGE_SHIFT) + in;
      }
      i = (page + 1) << PAGE_SHIFT;
    }
    return end;
  }

  public SlotSet with(int slot) {
    return contains(slot) ? this : flipped(slot, size + 1);
  }

  /** The slots of this set and {@code others}, which are not in it. */
  public SlotSet with(int[] others) {
    if (others.length == 1) {
      return with(others[0]);
    }
    int end = words();
    for (int slot : others) {
      end = Math.max(end, (slot >>> 6) + 1);
    }
    long[] words = new long[end];
    for (int i = 0; i < end; i++) {
      words[i] = word(i);
    }
    for (int slot : others) {
      words[slot >>> 6] |= 1L << slot;
    }
    return ofWords(words);
  }

  /** The slots in ascending order. */
  public int[] toArray() {
    int[] slots = new int[size];
    int count = 0;
    for (int w = 0; w < words(); w++) {
      for (long bits = word(w); bits != 0; bits &= bits - 1) {
        slots[count++] = (w << 6) + Long.numberOfTrailingZeros(bits);
      }
    }
    return slots;
  }

  public SlotSet without(int slot) {
    return contains(slot) ? flipped(slot, size - 1) : this;
  }

  /** The slots of this set that are not in {@code other}. */
  public SlotSet minus(SlotSet other) {
    long[] words = new long[words()];
    for (int i = 0; i < words.length; i++) {
      words[i] = word(i) & ~other.word(i);
    }
    return ofWords(words);
  }

  /** How many slots are in both sets. */
  public int countShared(SlotSet other) {
    int shared = 0;
    for (int i = Math.min(words(), other.words()) - 1; i >= 0; i--) {
      shared += Long.bitCount(word(i) & other.word(i));
    }
    return shared;
  }

  private SlotSet flipped(int slot, int newSize) {
    int word = slot >>> 6;
    int page = word >>> PAGE_SHIFT;
    long[][] newPages = Arrays.copyOf(pages, Math.max(pages.length, page + 1));
    for (int p = pages.length; p < page; p++) {
      newPages[p] = NO_WORDS;
    }
    long[] words = page < pages.length ? pages[page] : NO_WORDS;
    int needed = (word & PAGE_MASK) + 1;
    int length =
        needed <= words.length
            ? words.length
            : Math.max(needed, Math.min(PAGE_WORDS, 2 * words.length));
    newPages[page] = Arrays.copyOf(words, length);
    newPages[page][word & PAGE_MASK] ^= 1L << slot;
    return new SlotSet(newPages, newSize);
  }
}
