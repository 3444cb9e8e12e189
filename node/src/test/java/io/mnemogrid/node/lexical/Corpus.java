package io.mnemogrid.node.lexical;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Random texts whose words are as unevenly used as those of a language. */
final class Corpus {
  private static final String[] STARTS = {"ba", "co", "di", "fu", "gre", "ha", "pla", "ti", "vo"};
  private static final String[] MIDDLES = {"", "n", "ll", "rt", "st", "dd", "mp"};
  private static final String[] ENDS = {"", "s", "ing", "ed", "ation", "'s", "ly", "er"};
  private static final String[] STOP_WORDS = {"the", "of", "and", "is", "to"};

  private Corpus() {}

  /** One to {@code most} words, each about as often as one divided by its rank. */
  static String sentence(SplittableRandom random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, most + 1); i > 0; i--) {
      text.append(word(random)).append(i == 1 ? "." : " ");
    }
    return text.toString();
  }

  static String word(SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return STOP_WORDS[random.nextInt(STOP_WORDS.length)];
    }
    String word =
        STARTS[zipf(random, STARTS.length)]
            + MIDDLES[zipf(random, MIDDLES.length)]
            + STARTS[zipf(random, STARTS.length)]
            + ENDS[random.nextInt(ENDS.length)];
    return random.nextInt(8) == 0 ? word.toUpperCase(Locale.ROOT) : word;
  }

  /** The terms of a document, some of them rare, some often in it. */
  static Map<String, Integer> terms(SplittableRandom random, int vocabulary) {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = random.nextInt(1, 25); i > 0; i--) {
      int times = random.nextInt(30) == 0 ? random.nextInt(1, 400) : 1;
      counts.merge("t" + zipf(random, vocabulary), times, Integer::sum);
    }
    return counts;
  }

  static int zipf(SplittableRandom random, int below) {
    return (int) Math.exp(random.nextDouble() * Math.log(below + 1)) - 1;
  }
}
