package io.mnemogrid.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.model.Stamp;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppendQueueTest {
  private static final Append APPEND =
      new Append(FrameLayout.CHANGE, 0, 1, new Stamp(1, 1, 1), new byte[100]);

  private final AppendQueue queue = new AppendQueue(2 * APPEND.frameBytes());

  @Test
  void aWakeThatComesBeforeTheWaitEndsIt() {
    queue.wake();
    queue.await();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void whatWasPutBeforeTheWaitEndsIt() {
    queue.put(APPEND);
    queue.await();
    List<Append> batch = new ArrayList<>();
    queue.drainTo(batch, Long.MAX_VALUE);
    assertThat(batch).containsExactly(APPEND);
  }

  @Test
  void noMoreIsReservedThanTheLimit() {
    assertThat(queue.reserve(APPEND.frameBytes())).isTrue();
    assertThat(queue.reserve(APPEND.frameBytes())).isTrue();
    assertThat(queue.hasRoom()).isFalse();
    assertThat(queue.reserve(1)).isFalse();
    queue.release(APPEND.frameBytes());
    assertThat(queue.hasRoom()).isTrue();
    assertThat(queue.bytes()).isEqualTo(APPEND.frameBytes());
  }

  @Test
  void aBatchEndsOnceItHasTheBytesThatWereAskedFor() {
    queue.put(APPEND);
    queue.put(APPEND);
    List<Append> batch = new ArrayList<>();
    queue.drainTo(batch, 1);
    assertThat(batch).hasSize(1);
    assertThat(queue.isEmpty()).isFalse();
  }
}
