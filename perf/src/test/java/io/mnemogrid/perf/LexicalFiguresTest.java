package io.mnemogrid.perf;

import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LexicalFiguresTest {
  @Test
  void theFiguresOfAFewTextsAreTaken() {
    var random = new SplittableRandom(1);
    List<String> texts = IntStream.range(0, 1_000).mapToObj(_ -> Findings.any(random)).toList();
    List<String> questions = texts.subList(0, 20);
    assertThatNoException()
        .isThrownBy(() -> LexicalFigures.measure(texts, questions, Report.toConsole()));
  }
}
