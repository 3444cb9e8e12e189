package io.mnemogrid.node.embed;

import io.mnemogrid.node.embed.QuestionCache.Asked;
import io.mnemogrid.node.memory.Embedder;
import io.mnemogrid.node.model.Unrelated;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One of the node's sentence models, opened when it is first used.
 *
 * <p>A text of any length has a vector: an empty one too, and one of more tokens than the model
 * reads at once is cut into windows whose vectors are averaged (see {@link Windows} for what is
 * read of a very long one). Of a text over {@value Workers#TEXT_CHARS_MAX} characters the rest is
 * not read. The same texts in the same call give the same bits on the same machine.
 *
 * <p>The texts of one {@link #embedAll} may share runs of the model, and then move each other's
 * vectors by a little: with the default model the cosine to the vector of the text alone is 0.9955
 * on average and was never seen below 0.97, about what the model's quantization costs anyway. Texts
 * of different calls never share a run, so a vector says nothing of what other callers do.
 */
final class OnnxEmbedder implements Embedder {
  private final Workers workers;
  private final QuestionCache cache;
  private final ModelCard card;
  private final Reading questions;
  private final Reading passages;

  OnnxEmbedder(Workers workers, QuestionCache cache, SentenceReadings readings) {
    this.workers = workers;
    this.cache = cache;
    card = readings.questions().files().card();
    questions = readings.questions();
    passages = readings.passages();
  }

  @Override
  public String model() {
    return card.name();
  }

  @Override
  public int dimension() {
    return card.readout().floats();
  }

  @Override
  public @Nullable Unrelated unrelated() {
    return card.unrelated();
  }

  @Override
  public CompletionStage<float[]> embedQuery(String asker, String text) {
    return cache.get(
        new Asked(asker, card.name(), text),
        question ->
            workers
                .submit(Urgency.QUESTION, questions, List.of(question))
                .thenApply(List::getFirst));
  }

  @Override
  public CompletionStage<List<float[]>> embedAll(List<String> texts) {
    return texts.isEmpty()
        ? CompletableFuture.completedStage(List.of())
        : workers.submit(Urgency.STORE, passages, texts);
  }
}
