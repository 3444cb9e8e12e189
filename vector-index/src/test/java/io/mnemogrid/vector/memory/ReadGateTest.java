package io.mnemogrid.vector.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReadGateTest {
  private final ReadGate gate = new ReadGate();

  @Test
  void withoutReadersEverythingIsPastAtOnce() {
    int stamp = gate.epoch();
    assertThat(gate.isPast(stamp)).isFalse();
    gate.advance();
    assertThat(gate.isPast(stamp)).isTrue();
  }

  @Test
  void aStampIsNotPastWhileAnEarlierReaderIsInside() {
    int early = gate.enter();
    int stamp = gate.epoch();
    for (int i = 0; i < 10; i++) {
      gate.advance();
      assertThat(gate.leave(gate.enter())).isFalse();
    }
    assertThat(gate.isPast(stamp)).isFalse();
    gate.leave(early);
    gate.advance();
    gate.advance();
    assertThat(gate.isPast(stamp)).isTrue();
  }

  @Test
  void aLaterReaderHoldsNothingEarlierBackForEver() {
    int stamp = gate.epoch();
    gate.advance();
    int late = gate.enter();
    gate.advance();
    assertThat(gate.isPast(stamp)).isTrue();
    gate.leave(late);
  }

  @Test
  void exactlyOneOfCloserAndLastReaderFrees() {
    assertThat(new ReadGate().close()).isTrue();
    int first = gate.enter();
    gate.advance();
    int second = gate.enter();
    assertThat(gate.close()).isFalse();
    assertThat(gate.enter()).isNegative();
    assertThat(gate.leave(first)).isFalse();
    assertThat(gate.leave(second)).isTrue();
    assertThat(gate.close()).isFalse();
  }

  @Test
  void oneReaderTooManyIsRefused() {
    for (int i = 0; i < ReadGate.MOST_READERS; i++) {
      gate.enter();
    }
    assertThatThrownBy(gate::enter).isInstanceOf(IllegalStateException.class);
  }
}
