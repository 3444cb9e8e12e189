package io.mnemogrid.perf.recall;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What goes into one namespace, and what is asked of it.
 *
 * @param texts in the order in which they are stored
 * @param withoutEvidence how many questions were left out, since nothing answers them
 */
record Corpus(String name, List<StoredText> texts, List<Question> questions, int withoutEvidence) {
  Corpus {
    Set<String> ids = new HashSet<>();
    for (StoredText text : texts) {
      if (!ids.add(text.id())) {
        throw new IllegalArgumentException("two texts have the id " + text.id());
      }
    }
  }
}
