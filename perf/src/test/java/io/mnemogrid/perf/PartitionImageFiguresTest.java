package io.mnemogrid.perf;

import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The measurement once, small: whether it works, not what it says. */
class PartitionImageFiguresTest {
  @Test
  void theFiguresOfASmallPartitionAreTaken() {
    var random = new SplittableRandom(1);
    List<String> lines = IntStream.range(0, 1_000).mapToObj(_ -> Findings.any(random)).toList();
    List<String> texts = PartitionImageFigures.texts(lines, 200);
    assertThatNoException()
        .isThrownBy(() -> new PartitionImageFigures(Report.toConsole(), 1).measure(texts));
  }
}
