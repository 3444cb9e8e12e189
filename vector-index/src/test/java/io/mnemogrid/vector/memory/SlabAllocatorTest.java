package io.mnemogrid.vector.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlabAllocatorTest {
  private static final long LIMIT_BYTES = 4 << 20;
  private static final long LARGE_LIMIT_BYTES = 64 << 20;

  @ParameterizedTest
  @CsvSource({"1, 18", "2, 18", "3, 18", "4, 23"})
  void blocksNeverOverlapAndTheAccountIsExact(long seed, int mostBits) {
    var random = new SplittableRandom(seed);
    long limitBytes = mostBits > 20 ? LARGE_LIMIT_BYTES : LIMIT_BYTES;
    var allocator = new SlabAllocator(limitBytes, false);
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
        long bytes = 1L << random.nextInt(0, mostBits);
        try {
          Block block = allocator.allocate(bytes + random.nextLong(bytes));
          byte mark = (byte) i;
          NativeMemory.fill(block.address(), block.bytes(), mark);
          held.add(block);
          marks.add(mark);
          used += block.bytes();
        } catch (MemoryLimitException expected) {
          assertThat(allocator.reservedBytes()).isLessThanOrEqualTo(limitBytes);
        }
      }
      assertThat(allocator.usedBytes()).as("seed %d step %d", seed, i).isEqualTo(used);
    }
    held.forEach(allocator::free);
    assertThat(allocator.usedBytes()).isZero();
    assertThat(allocator.reservedBytes()).isZero();
    assertThat(allocator.hugeBytes()).isZero();
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLimitIsExactForLargeBlocksToo(boolean hugePages) {
    long huge = SystemMemory.HUGE_PAGE_BYTES;
    var allocator = new SlabAllocator(4 * huge, false, hugePages);
    Block first = allocator.allocate(2 * huge + 4096);
    assertThat(allocator.reservedBytes()).isEqualTo(2 * huge + 4096);
    assertThatThrownBy(() -> allocator.allocate(2 * huge)).isInstanceOf(MemoryLimitException.class);
    Block second = allocator.allocate(2 * huge - 4096);
    assertThat(allocator.reservedBytes()).isEqualTo(allocator.limitBytes());
    boolean asked = hugePages && LinuxCalls.INSTANCE != null;
    assertThat(allocator.hugeBytes()).isEqualTo(asked ? 3 * huge : 0);
    assertThatThrownBy(() -> allocator.allocate(1)).isInstanceOf(MemoryLimitException.class);
    allocator.free(first);
    assertThat(allocator.hugeBytes()).isEqualTo(asked ? huge : 0);
    allocator.free(second);
    assertThat(allocator.reservedBytes()).isZero();
  }

  @Test
  void aSecondFreeIsRefused() {
    var allocator = new SlabAllocator(LIMIT_BYTES, true);
    Block block = allocator.allocate(64);
    allocator.free(block);
    assertThatThrownBy(() -> allocator.free(block)).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({"64, true", "3000000, true", "3000000, false"})
  void poisonReadsAsNotANumber(long bytes, boolean hugePages) {
    var allocator = new SlabAllocator(LIMIT_BYTES, true, hugePages);
    Block block = allocator.allocate(bytes);
    long last = block.address() + block.bytes() - Float.BYTES;
    NativeMemory.putFloat(block.address(), 1);
    NativeMemory.putFloat(last, 1);
    allocator.free(block);
    assertThat(allocator.reservedBytes()).isZero();
    assertThat(allocator.hugeBytes()).isZero();
    assertThat(NativeMemory.getFloat(block.address())).isNaN();
    assertThat(NativeMemory.getFloat(last)).isNaN();
  }

  @Test
  void poisonedLargePagesGoBackInTheEnd() {
    var allocator = new SlabAllocator(LARGE_LIMIT_BYTES, true);
    for (int i = 0; i < 100; i++) {
      allocator.free(allocator.allocate(5_000_000)); // more than is kept mapped
    }
    assertThat(allocator.reservedBytes()).isZero();
  }

  private static void assertHolds(Block block, byte mark) {
    assertThat(NativeMemory.getByte(block.address())).isEqualTo(mark);
    assertThat(NativeMemory.getByte(block.address() + block.bytes() - 1)).isEqualTo(mark);
  }
}
