package io.mnemogrid.perf.recall;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A question and the hits for it by relevance alone, best first.
 *
 * @param corpus the number of the corpus that was asked
 */
record AskedQuestion(int corpus, Question question, List<Scored> hits) {
  /**
   * A hit.
   *
   * @param text its id
   */
  record Scored(String text, double score) {}

  /** The ids of the hits. */
  List<String> ranking() {
    return hits.stream().map(Scored::text).toList();
  }

  /** The grade of the hits if they were ordered by another score. */
  Grade gradeBy(ToDoubleFunction<Scored> score) {
    List<String> ranking =
        hits.stream()
            .map(hit -> new Scored(hit.text, score.applyAsDouble(hit)))
            .sorted(Comparator.comparingDouble(Scored::score).reversed())
            .map(Scored::text)
            .toList();
    return Grade.of(ranking, question.evidence());
  }
}
