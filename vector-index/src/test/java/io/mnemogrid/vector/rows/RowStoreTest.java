package io.mnemogrid.vector.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.NativeMemory;
import io.mnemogrid.vector.memory.SlabAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowStoreTest {
  private static final int MANY = 100_000;
  private static final long MOST_CHUNK_BYTES = 8 << 20;
  private static final long SMALLEST_EXACT_BYTES = 128;

  private final SlabAllocator allocator = new SlabAllocator(1L << 30, false);

  @ParameterizedTest
  @CsvSource({
    "1, BYTES",
    "3, BYTES",
    "32, FLOATS",
    "384, BYTES",
    "384, FLOATS",
    "3, FIXED",
    "384, FIXED",
    "16384, FLOATS"
  })
  void roomForRowsToComeIsAnEighthAtMostAndRowsStayAsTheyAre(int dimension, Encoding encoding) {
    var layout = new RowLayout(dimension, encoding, Metric.NEGATED_SQUARED_DISTANCE);
    var store = new RowStore(layout, allocator);
    long stride = layout.strideBytes();
    long chunkBytes = stride << layout.chunkShift();
    assertThat(chunkBytes).isBetween(MOST_CHUNK_BYTES / 2 + 1, MOST_CHUNK_BYTES);
    int rows = (int) Math.min(MANY, 3 * chunkBytes / stride);
    for (int slot = 0; slot < rows; slot++) {
      makeRoomFor(store, slot);
      NativeMemory.putFloat(store.directory().address(slot), slot);
      long used = (slot + 1) * stride;
      long slack = store.bytes() - used;
      if (store.bytes() >= SMALLEST_EXACT_BYTES
          && slack > Math.min(store.bytes(), chunkBytes) / 8) {
        throw new AssertionError("%d bytes for %d used".formatted(store.bytes(), used));
      }
    }
    for (int slot = 0; slot < rows; slot++) {
      assertThat(NativeMemory.getFloat(store.directory().address(slot))).isEqualTo(slot);
    }
    assertThat(store.bytes()).isEqualTo(allocator.usedBytes());
    store.free();
    assertThat(allocator.reservedBytes()).isZero();
    assertThat(allocator.hugeBytes()).isZero();
  }

  @Test
  void aHundredThousandRowsOfFloatsTakeLittleMoreThanThemselves() {
    var layout = new RowLayout(384, Encoding.FLOATS, Metric.INNER_PRODUCT);
    var store = new RowStore(layout, allocator);
    double overhead = 0;
    int counted = 0;
    long mostIdle = 0;
    for (int slot = 0; slot < MANY; slot++) {
      makeRoomFor(store, slot);
      mostIdle = Math.max(mostIdle, allocator.reservedBytes() - allocator.usedBytes());
      if (slot >= MANY - (1 << layout.chunkShift())) { // over one chunk's growth
        overhead += (double) store.bytes() / ((slot + 1) * layout.strideBytes()) - 1;
        counted++;
      }
    }
    double most = allocator.growsInPlace() ? 0.002 : 0.007; // a step in which the last chunk grows
    assertThat(overhead / counted).isLessThan(most);
    assertThat(store.bytes()).isLessThan((long) (MANY * layout.strideBytes() * (1 + most)));
    assertThat(allocator.hugeBytes()).isBetween(0L, allocator.reservedBytes());
    if (allocator.growsInPlace()) { // all but the last of a huge page that was taken whole
      assertThat(mostIdle).isBetween(1L << 20, 2L << 20);
    }
    store.free();
  }

  private void makeRoomFor(RowStore store, int slot) {
    Block replaced = store.makeRoomFor(slot);
    if (replaced != null) {
      allocator.free(replaced);
    }
  }
}
