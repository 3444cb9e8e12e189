package io.mnemogrid.vector.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlabAllocatorTest {
  private static final long LIMIT_BYTES = 4 << 20;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void blocksNeverOverlapAndTheAccountIsExact(long seed) {
    var random = new SplittableRandom(seed);
    var allocator = new SlabAllocator(LIMIT_BYTES, false);
    List<Block> held = new ArrayList<>();
    List<Byte> marks = new ArrayList<>();
    long used = 0;
    for (int i = 0; i < 5_000; i++) {
      if (!held.isEmpty() && random.nextInt(100) < 48) {
        int at = random.nextInt(held.size());
        Block block = held.remove(at);
        assertHolds(block, marks.remove(at));
        used -= block.bytes();
        allocator.free(block);
      } else {
        long bytes = 1L << random.nextInt(0, 18);
        try {
          Block block = allocator.allocate(bytes + random.nextLong(bytes));
          byte mark = (byte) i;
          NativeMemory.fill(block.address(), block.bytes(), mark);
          held.add(block);
          marks.add(mark);
          used += block.bytes();
        } catch (MemoryLimitException expected) {
          assertThat(allocator.reservedBytes()).isLessThanOrEqualTo(LIMIT_BYTES);
        }
      }
      assertThat(allocator.usedBytes()).as("seed %d step %d", seed, i).isEqualTo(used);
    }
    held.forEach(allocator::free);
    assertThat(allocator.usedBytes()).isZero();
    assertThat(allocator.reservedBytes()).isZero();
  }

  @Test
  void aBlockIsAtMostAnEighthLargerThanAsked() {
    for (long bytes = 512; bytes < 200_000; bytes += 13) {
      assertThat(SizeClasses.roundUp(bytes)).isBetween(bytes, bytes + bytes / 8);
    }
  }

  @Test
  void theLastByteUnderTheLimitIsHandedOutAndTheNextRefused() {
    var allocator = new SlabAllocator(128, false);
    Block first = allocator.allocate(64);
    Block second = allocator.allocate(64);
    assertThatThrownBy(() -> allocator.allocate(1)).isInstanceOf(MemoryLimitException.class);
    assertThat(allocator.usedBytes()).isEqualTo(128);
    allocator.free(first);
    allocator.free(second);
    allocator.free(allocator.allocate(100));
  }

  @Test
  void aSecondFreeIsRefused() {
    var allocator = new SlabAllocator(LIMIT_BYTES, true);
    Block block = allocator.allocate(64);
    allocator.free(block);
    assertThatThrownBy(() -> allocator.free(block)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void poisonReadsAsNotANumber() {
    var allocator = new SlabAllocator(LIMIT_BYTES, true);
    Block block = allocator.allocate(64);
    NativeMemory.putFloat(block.address(), 1);
    allocator.free(block);
    assertThat(NativeMemory.getFloat(block.address())).isNaN();
  }

  private static void assertHolds(Block block, byte mark) {
    assertThat(NativeMemory.getByte(block.address())).isEqualTo(mark);
    assertThat(NativeMemory.getByte(block.address() + block.bytes() - 1)).isEqualTo(mark);
  }
}
