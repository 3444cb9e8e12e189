package io.mnemogrid.perf.recall;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Grades of many questions together.
 *
 * @param recall5 mean share of a question's evidence among the first 5 hits; likewise 10 and 20
 * @param micro20 share of all evidence that is among the first 20 hits
 * @param hit5 share of questions with any evidence among the first 5 hits; likewise 20
 * @param mrr mean reciprocal rank
 * @param ndcg10 mean
 */
record Figures(
    int questions,
    double recall5,
    double recall10,
    double recall20,
    double micro20,
    double hit5,
    double hit20,
    double mrr,
    double ndcg10) {

  /**
   * @param grades at least one
   */
  static Figures of(List<Grade> grades) {
    return new Figures(
        grades.size(),
        mean(grades, Grade::recall5),
        mean(grades, Grade::recall10),
        mean(grades, Grade::recall20),
        mean(grades, Grade::found20) / mean(grades, Grade::evidence),
        mean(grades, grade -> grade.found5() > 0 ? 1 : 0),
        mean(grades, grade -> grade.found20() > 0 ? 1 : 0),
        mean(grades, Grade::reciprocalRank),
        mean(grades, Grade::ndcg10));
  }

  private static double mean(List<Grade> grades, ToDoubleFunction<Grade> figure) {
    return grades.stream().mapToDouble(figure).average().orElseThrow();
  }
}
