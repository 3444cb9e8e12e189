package io.mnemogrid.node.memory;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Reads a question together with texts, and says how well each of them answers it. */
public interface Reranker {
  /** Name of the model. */
  String model();

  /**
   * Scores texts; the higher, the better. Scores of one call can be compared with each other; they
   * have no fixed range.
   *
   * @param texts of each the model reads what fits beside the question
   * @return one finite score a text, in order; fails with {@link
   *     io.mnemogrid.node.model.Refusal.Busy} when too much is waiting
   */
  CompletionStage<float[]> score(String question, List<String> texts);
}
