package io.mnemogrid.vector.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemMemoryTest {
  private static final long HUGE = SystemMemory.HUGE_PAGE_BYTES;
  private static final long MORE_THAN_ANY_SYSTEM_HAS = 1L << 60;

  @ParameterizedTest
  @EnabledOnOs(OS.LINUX)
  @CsvSource({"2097152, 1", "2101248, 1", "4194304, 2", "6357000, 3", "8388608, 4"})
  void largeMemoryIsAlignedAndItsWholeHugePagesAreAskedFor(long bytes, long hugePages) {
    SystemMemory memory = take(bytes, true);
    assertThat(memory.address() % HUGE).isZero();
    assertThat(memory.hugeBytes()).isEqualTo(hugePages * HUGE);
    memory.release();
  }

  @ParameterizedTest
  @CsvSource({"64, true", "2093056, true", "64, false", "6357000, false"})
  void smallMemoryAndAllOfItOnOtherSystemsIsOrdinary(long bytes, boolean hugePages) {
    SystemMemory memory = take(bytes, hugePages);
    assertThat(memory.address() % SystemMemory.ARENA_ALIGNMENT_BYTES).isZero();
    assertThat(memory.hugeBytes()).isZero();
    memory.release();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyByteIsZeroAlsoWhereOthersHaveWritten(boolean hugePages) {
    long bytes = 3 * HUGE + 4096;
    for (int round = 0; round < 3; round++) {
      SystemMemory memory = take(bytes, hugePages);
      var segment = new Region(memory.address(), bytes).segment();
      assertThat(segment.mismatch(MemorySegment.ofArray(new byte[(int) bytes]))).isEqualTo(-1);
      segment.fill((byte) 0x5A);
      memory.release();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stretchesNeverOverlap(boolean hugePages) {
    SystemMemory[] held = new SystemMemory[20];
    long bytes = HUGE + 4096;
    for (int i = 0; i < held.length; i++) {
      held[i] = take(bytes, hugePages);
      NativeMemory.fill(held[i].address(), bytes, (byte) i);
    }
    for (int i = 0; i < held.length; i++) {
      assertThat(NativeMemory.getByte(held[i].address())).isEqualTo((byte) i);
      assertThat(NativeMemory.getByte(held[i].address() + bytes - 1)).isEqualTo((byte) i);
      held[i].release();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheSystemDoesNotHaveIsRefusedAndNothingChanges(boolean hugePages) {
    assertThat(SystemMemory.take(MORE_THAN_ANY_SYSTEM_HAS, hugePages)).isNull();
    var allocator = new SlabAllocator(Long.MAX_VALUE, false, hugePages);
    assertThatThrownBy(() -> allocator.allocate(MORE_THAN_ANY_SYSTEM_HAS))
        .isInstanceOf(MemoryLimitException.class)
        .hasMessageContaining("the system has no " + MORE_THAN_ANY_SYSTEM_HAS + " bytes");
    assertThat(allocator.usedBytes()).isZero();
    assertThat(allocator.reservedBytes()).isZero();
    assertThat(allocator.hugeBytes()).isZero();
    allocator.free(allocator.allocate(3 * HUGE));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void adviceOnWhatIsNotMemoryIsRefusedWithoutHarm() {
    LinuxCalls linux = Objects.requireNonNull(LinuxCalls.INSTANCE);
    assertThat(linux.makeHugePages(1, HUGE)).isFalse(); // not the beginning of a page
  }

  private static SystemMemory take(long bytes, boolean hugePages) {
    return Objects.requireNonNull(SystemMemory.take(bytes, hugePages));
  }
}
