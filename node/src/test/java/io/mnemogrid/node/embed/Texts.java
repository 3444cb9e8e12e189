package io.mnemogrid.node.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sentences of different lengths, the same ones each time, no two alike. */
final class Texts {
  private static final String[] WHO = {
    "Anna", "the billing team", "our customer in Norway", "the night operator", "a new colleague"
  };
  private static final String[] DID = {
    "asked for", "has moved", "cannot find", "wrote a note about", "wants to delete", "paid for"
  };
  private static final String[] WHAT = {
    "the backup of the production database",
    "an invoice from last March",
    "the key of the release server",
    "forty chairs",
    "the recipe for carrot soup",
    "a map of the harbour",
    "the results of the second experiment with zinc"
  };
  private static final String[] WHY = {
    "",
    " on Monday",
    " because the old one was lost in the flood",
    ", and nobody has told the auditors, who will come on Thursday to look at the books"
  };

  private Texts() {}

  static List<String> sentences(int count) {
    SplittableRandom random = new SplittableRandom(7);
    List<String> all = new ArrayList<>();
    for (int i = 0; all.size() < count; i++) {
      String text =
          "%s %s %s%s."
              .formatted(
                  WHO[random.nextInt(WHO.length)],
                  DID[random.nextInt(DID.length)],
                  WHAT[random.nextInt(WHAT.length)],
                  WHY[i % WHY.length]);
      if (!all.contains(text)) {
        all.add(text);
      }
    }
    return all;
  }
}
