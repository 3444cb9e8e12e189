package io.mnemogrid.vector;

import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.RowDirectory;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The indexes that one search has been through, each with slots of its own in the heaps that all
 * share: a slot of the i-th part stands there as its base and itself. Reused; one thread at a time.
 */
final class SearchedParts {
  private Part[] parts = {new Part()};
  private int count;

  /** What is known of one index. */
  static final class Part {
    private int index;
    private int base;
    private int capacity;
    private float cutAt;
    private @Nullable RowDirectory directory;
    private @Nullable BestSlots into;

    /** Its number among the indexes that are searched. */
    int index() {
      return index;
    }

    int base() {
      return base;
    }

    long address(int slot) {
      return Objects.requireNonNull(directory).address(slot - base);
    }

    /** Notes what it was searched for, and see {@link IndexSearch#cutAt}. */
    void searched(BestSlots offeredTo, float itsCutAt) {
      into = offeredTo;
      cutAt = itsCutAt;
    }

    /** Whether what was not offered of it may be better than what is kept. */
    boolean isCutShort() {
      return cutAt > Objects.requireNonNull(into).floor();
    }

    /** Takes back what it has offered. */
    void drop() {
      Objects.requireNonNull(into).drop(base, base + capacity);
      cutAt = Float.NEGATIVE_INFINITY;
    }
  }

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  Part get(int part) {
    return parts[part];
  }

  /**
   * Begins another part.
   *
   * @param index its number among the indexes that are searched
   * @throws IllegalArgumentException if all have 2^31 slots or more together
   */
  Part add(int index, RowDirectory directory) {
    int base = count == 0 ? 0 : parts[count - 1].base + parts[count - 1].capacity;
    if (base > Integer.MAX_VALUE - directory.capacity()) {
      throw new IllegalArgumentException(
          "the indexes have %,d slots and more together, of %,d that one search may go through"
              .formatted((long) base + directory.capacity(), Integer.MAX_VALUE));
    }
    if (count == parts.length) {
      parts = Arrays.copyOf(parts, 2 * count);
      Arrays.setAll(parts, i -> i < count ? parts[i] : new Part());
    }
    Part part = parts[count++];
    part.index = index;
    part.base = base;
    part.capacity = directory.capacity();
    part.directory = directory;
    return part;
  }

  /** The part that has a slot. */
  Part of(int slot) {
    int low = 0;
    int high = count - 1;
    // The last that begins at the slot or before: one without room shares its base with the next.
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (parts[middle].base <= slot) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return parts[low];
  }

  /** Drops what belongs to indexes. */
  void forget() {
    for (int i = 0; i < count; i++) {
      parts[i].directory = null;
      parts[i].into = null;
    }
    count = 0;
  }
}
