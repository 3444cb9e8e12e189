package io.mnemogrid.node.grid.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PartTest {
  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isFoundWhereverItIs(long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 100; i++) {
      String text = draw(random, 30);
      String wanted = draw(random, 6);
      assertThat(isIn(text, wanted))
          .as("'%s' in '%s'", wanted, text)
          .isEqualTo(text.contains(wanted));
    }
  }

  private static boolean isIn(String text, String wanted) {
    var part = new Part(wanted.chars().toArray());
    int seen = 0;
    for (int i = 0; i < text.length() && !part.isWhole(seen); i++) {
      seen = part.next(seen, text.charAt(i));
    }
    return part.isWhole(seen);
  }

  /** Of two letters, so that much of it repeats. */
  private static String draw(SplittableRandom random, int most) {
    return random
        .ints(random.nextInt(most + 1), 'a', 'c')
        .mapToObj(letter -> String.valueOf((char) letter))
        .collect(Collectors.joining());
  }
}
