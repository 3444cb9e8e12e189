package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.embed.Task.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackingTest {
  @Test
  void aWindowLongerThanARunMayBeRunsAlone() {
    assertThat(new Packing(4, 100).pack(windows(512, 10)))
        .extracting(run -> run.windows().size())
        .containsExactly(1, 1);
  }

  @Test
  void equalWindowsFillARun() {
    assertThat(new Packing(4, 100).pack(windows(25, 25, 25, 25, 25)))
        .extracting(run -> run.windows().size())
        .containsExactly(4, 1);
  }

  @Test
  void unlikeWindowsDoNotShareARun() {
    assertThat(new Packing(16, 512).pack(windows(5, 50, 6, 52, 5))).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyWindowIsInOneRunAndTheLimitsHold(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Packing packing = new Packing(random.nextInt(1, 20), random.nextInt(1, 1_024));
    List<Window> windows = windows(random.ints(random.nextInt(100), 2, 513).toArray());
    List<Window> packed = new ArrayList<>();
    for (Run run : packing.pack(windows)) {
      int width = run.windows().stream().mapToInt(window -> window.length()).max().orElse(0);
      int tokens = run.windows().stream().mapToInt(window -> window.length()).sum();
      int count = run.windows().size();
      assertThat(count).as("seed %d", seed).isBetween(1, packing.maxWindows());
      if (count > 1) {
        assertThat(count * width).as("seed %d", seed).isLessThanOrEqualTo(packing.maxTokens());
        assertThat((count * width - tokens) * 8)
            .as("seed %d", seed)
            .isLessThanOrEqualTo(count * width);
      }
      packed.addAll(run.windows());
    }
    assertThat(packed).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(windows);
  }

  static long[] seeds() {
    return new SplittableRandom(20_261_122).longs(50).toArray();
  }

  private static List<Window> windows(int... lengths) {
    Request request = new Request(new Lane(1), Readings.any(), List.of("any"), ended -> {});
    List<Window> windows = new ArrayList<>();
    for (int length : lengths) {
      windows.add(new Window(new Passage(request, 0, 1), 0, Tokens.of(new int[length])));
    }
    return windows;
  }
}
