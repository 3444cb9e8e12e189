package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Unrelated;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Turns texts into vectors on this node. */
public interface Embedder {
  /** Name of the model, recorded with every namespace that uses it. */
  String model();

  /** Floats in a vector. */
  int dimension();

  /** How similar it finds texts that have nothing to do with each other; null if nobody knows. */
  default @Nullable Unrelated unrelated() {
    return null;
  }

  /**
   * Embeds one question; those that the same asker repeats come from a bounded cache.
   *
   * @param asker who asks: how long an answer takes must not tell what others have asked
   * @return {@code float[dimension]}, L2-normalised, not to be changed; fails with {@link
   *     io.mnemogrid.node.model.Refusal.Busy} when too much is waiting
   */
  CompletionStage<float[]> embedQuery(String asker, String text);

  /**
   * Embeds texts that are to be stored.
   *
   * @return one {@code float[dimension]} a text, in order, L2-normalised; fails as above
   */
  CompletionStage<List<float[]>> embedAll(List<String> texts);
}
