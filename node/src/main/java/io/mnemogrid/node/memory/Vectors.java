package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.RecallOptions;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Unrelated;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where the vector of a memory or a question comes from: the client, or the namespace's model. */
final class Vectors {
  /** Two vectors that are so long are at most twice as far from each other. */
  private static final double MOST_SQUARES = Float.MAX_VALUE / 4;

  private final Embedders embedders;

  Vectors(Embedders embedders) {
    this.embedders = embedders;
  }

  CompletionStage<List<float[]>> ofContents(Namespace namespace, List<NewMemory> memories) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < memories.size(); i++) {
      float[] own = memories.get(i).embedding();
      if (own == null) {
        requireText(namespace);
        texts.add(memories.get(i).content());
      } else {
        requireFit(namespace, own, memories.size() == 1 ? "embedding" : at(i));
      }
    }
    if (texts.isEmpty()) {
      return CompletableFuture.completedStage(ownOr(memories, List.of()));
    }
    return embedderOf(namespace).embedAll(texts).thenApply(embedded -> ownOr(memories, embedded));
  }

  CompletionStage<Optional<float[]>> ofPatch(Namespace namespace, MemoryPatch patch) {
    float[] own = patch.embedding();
    if (own != null) {
      requireFit(namespace, own, "embedding");
      return CompletableFuture.completedStage(Optional.of(own));
    }
    if (patch.content() == null) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return embedderOf(namespace)
        .embedAll(List.of(patch.content()))
        .thenApply(embedded -> Optional.of(embedded.getFirst()));
  }

  /** Empty where words alone are to count, or nobody can make a vector and words will do. */
  CompletionStage<Optional<float[]>> ofQuestion(
      Namespace namespace, String asker, Memories.RecallRequest request) {
    RecallOptions.Routing routing = request.options().routing();
    @Nullable String query = request.query();
    if (query == null && (routing == RecallOptions.Routing.BM25 || request.embedding() == null)) {
      throw new Refusal.InvalidRequest(
          "query",
          routing == RecallOptions.Routing.BM25
              ? "routing 'bm25' goes by words: send 'query'"
              : "say what to look for: 'query' or 'embedding'");
    }
    if (routing == RecallOptions.Routing.BM25) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    float[] own = request.embedding();
    if (own != null) {
      requireFit(namespace, own, "embedding");
      return CompletableFuture.completedStage(Optional.of(own));
    }
    if (routing == RecallOptions.Routing.AUTO && !namespace.embedsText()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    return embedderOf(namespace)
        .embedQuery(asker, Objects.requireNonNull(query))
        .thenApply(Optional::of);
  }

  /** What is known of the namespace's model, if its vectors are compared by their cosines. */
  @Nullable Unrelated unrelated(Namespace namespace) {
    return namespace.distance() == Namespace.Distance.COSINE
        ? embedders.named(namespace.model()).map(Embedder::unrelated).orElse(null)
        : null;
  }

  private static List<float[]> ownOr(List<NewMemory> memories, List<float[]> embedded) {
    List<float[]> all = new ArrayList<>(memories.size());
    int next = 0;
    for (NewMemory memory : memories) {
      float[] own = memory.embedding();
      all.add(own == null ? embedded.get(next++) : own);
    }
    return all;
  }

  private Embedder embedderOf(Namespace namespace) {
    requireText(namespace);
    Embedder embedder =
        embedders
            .named(namespace.model())
            .orElseThrow(() ->
                new Refusal.Conflict(
                    "namespace '%s' was made with the embedding model '%s', which this node does not have; vectors of two models cannot be compared. The node has: %s"
                        .formatted(
                            namespace.name(),
                            namespace.model(),
                            String.join(", ", embedders.names()))));
    if (embedder.dimension() != namespace.dimension()) {
      throw new Refusal.Conflict(
          "namespace '%s' holds vectors of %d dimensions and this node's model '%s' gives %d; the model was changed after the namespace was made"
              .formatted(
                  namespace.name(),
                  namespace.dimension(),
                  namespace.model(),
                  embedder.dimension()));
    }
    return embedder;
  }

  private static void requireText(Namespace namespace) {
    if (!namespace.embedsText()) {
      throw new Refusal.InvalidRequest(
          "embedding",
          "namespace '%s' holds clients' own vectors of %d dimensions; send 'embedding'"
              .formatted(namespace.name(), namespace.dimension()));
    }
  }

  private static void requireFit(Namespace namespace, float[] vector, String field) {
    if (vector.length != namespace.dimension()) {
      throw new Refusal.DimensionMismatch(
          "%s has %d numbers; namespace '%s' takes %d"
              .formatted(field, vector.length, namespace.name(), namespace.dimension()));
    }
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      if (!Float.isFinite(vector[i])) {
        throw new Refusal.InvalidRequest(
            field + "[" + i + "]", "each number of a vector must be finite");
      }
      squares += (double) vector[i] * vector[i];
    }
    if (namespace.distance() == Namespace.Distance.COSINE) {
      if (!Float.isFinite((float) (1 / Math.sqrt(squares)))) {
        throw new Refusal.EmptyVector("%s has length zero and so no direction".formatted(field));
      }
    } else if (squares > MOST_SQUARES) {
      throw new Refusal.InvalidRequest(
          field, "the vector is too long: the square of twice its length must fit a 32-bit float");
    }
  }

  private static String at(int i) {
    return "memories[" + i + "].embedding";
  }
}
