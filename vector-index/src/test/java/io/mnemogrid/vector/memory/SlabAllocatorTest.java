package io.mnemogrid.vector.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @EnabledOnOs(OS.LINUX)
  void aBlockGrowsWhereItIsAndKeepsWhatItHolds(boolean ahead) {
    long huge = SystemMemory.HUGE_PAGE_BYTES;
    long most = 3 * huge - 4096;
    var allocator = new SlabAllocator(LARGE_LIMIT_BYTES, true);
    Block block = allocator.allocateGrowing(100_000, most, ahead);
    long address = block.address();
    long first = block.bytes();
    for (long bytes = first; bytes < most; bytes += 77_777) {
      Block before = block;
      block = Objects.requireNonNull(allocator.grow(before, bytes));
      assertThat(block.address()).isEqualTo(address);
      assertThat(block.bytes()).isBetween(bytes, bytes + 4095);
      assertThat(allocator.usedBytes()).isEqualTo(block.bytes());
      long wholePages = Math.min(Math.ceilDiv(block.bytes(), huge) * huge, most);
      long taken = ahead ? wholePages : block.bytes();
      assertThat(allocator.reservedBytes()).isEqualTo(taken);
      assertThat(allocator.hugeBytes()).isEqualTo(taken / huge * huge);
      assertThatThrownBy(() -> allocator.free(before)).isInstanceOf(IllegalStateException.class);
      for (long at = before.bytes(); at < block.bytes(); at += 512) {
        assertThat(NativeMemory.getLong(address + at)).isZero();
        NativeMemory.putLong(address + at, at);
      }
    }
    assertThat(allocator.grow(block, most + huge)).isNull();
    block = Objects.requireNonNull(allocator.grow(block, most));
    for (long at = first; at < most - 77_777; at += 512) {
      assertThat(NativeMemory.getLong(address + at)).isEqualTo(at);
    }
    allocator.free(block);
    assertThat(allocator.usedBytes()).isZero();
    assertThat(allocator.reservedBytes()).isZero();
    assertThat(allocator.hugeBytes()).isZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aBlockTakesNoMoreAheadThanTheLimitLets() {
    long huge = SystemMemory.HUGE_PAGE_BYTES;
    var allocator = new SlabAllocator(3 * huge, false);
    Block growing = allocator.allocateGrowing(huge / 2, 4 * huge, true);
    assertThat(allocator.reservedBytes()).isEqualTo(huge);
    growing = Objects.requireNonNull(allocator.grow(growing, huge + huge / 2));
    assertThat(allocator.reservedBytes()).isEqualTo(2 * huge);
    Block other = allocator.allocate(huge / 2);
    growing = Objects.requireNonNull(allocator.grow(growing, 2 * huge + huge / 4));
    assertThat(allocator.reservedBytes()).isEqualTo(2 * huge + huge / 2 + huge / 4);
    Block full = Objects.requireNonNull(allocator.grow(growing, 2 * huge + huge / 2));
    assertThatThrownBy(() -> allocator.grow(full, 2 * huge + huge / 2 + 1))
        .isInstanceOf(MemoryLimitException.class);
    assertThat(allocator.reservedBytes()).isEqualTo(3 * huge);
    allocator.free(full);
    allocator.free(other);
    assertThat(allocator.reservedBytes()).isZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aBlockThatMayGrowTakesNoMoreUnderTheLimitThanItHas() {
    var allocator = new SlabAllocator(LIMIT_BYTES, false);
    Block growing = allocator.allocateGrowing(1 << 20, LARGE_LIMIT_BYTES, false);
    Block other = allocator.allocate(2 << 20);
    assertThatThrownBy(() -> allocator.grow(growing, (1 << 20) + 4096 + (1 << 20)))
        .isInstanceOf(MemoryLimitException.class);
    assertThat(allocator.reservedBytes()).isEqualTo(3 << 20);
    Block grown = Objects.requireNonNull(allocator.grow(growing, 2 << 20));
    assertThatThrownBy(() -> allocator.allocateGrowing(1, 1 << 20, false))
        .isInstanceOf(MemoryLimitException.class);
    allocator.free(grown);
    allocator.free(other);
    assertThat(allocator.reservedBytes()).isZero();
  }

  @Test
  void whereTheSystemHasNoneBlocksDoNotGrow() {
    var allocator = new SlabAllocator(LIMIT_BYTES, false, false);
    assertThat(allocator.growsInPlace()).isFalse();
    Block block = allocator.allocateGrowing(1 << 20, 2 << 20, false);
    assertThat(allocator.grow(block, 2 << 20)).isNull();
    assertThat(allocator.reservedBytes()).isEqualTo(1 << 20);
    allocator.free(block);
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
