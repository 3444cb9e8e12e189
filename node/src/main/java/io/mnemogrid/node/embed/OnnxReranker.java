package io.mnemogrid.node.embed;

import io.mnemogrid.node.memory.Reranker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An operator's cross-encoder, opened when it is first used.
 *
 * <p>Texts of one call share runs, those of different calls never do. Stages complete on the
 * threads that run the models: what follows must not block. Safe for any thread.
 */
final class OnnxReranker implements Reranker {
  private final Workers workers;
  private final Reading texts;

  /**
   * @param texts what is done with a text, but for the question that it is to be read with
   */
  OnnxReranker(Workers workers, Reading texts) {
    this.workers = workers;
    this.texts = texts;
  }

  @Override
  public String model() {
    return texts.files().card().name();
  }

  @Override
  public CompletionStage<float[]> score(String question, List<String> candidates) {
    if (candidates.isEmpty()) {
      return CompletableFuture.completedStage(new float[0]);
    }
    Reading pairs = texts.cutBy((model, text) -> model.cutPair(question, text));
    return workers.submit(Urgency.RERANKING, pairs, candidates).thenApply(OnnxReranker::flat);
  }

  private static float[] flat(List<float[]> logits) {
    float[] scores = new float[logits.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = logits.get(i)[0];
    }
    return scores;
  }
}
