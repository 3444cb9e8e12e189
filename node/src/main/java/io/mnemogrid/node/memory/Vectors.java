package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where the vector of a memory or a question comes from: the client, or the node's model. */
final class Vectors {
  private final Embedder embedder;

  Vectors(Embedder embedder) {
    this.embedder = embedder;
  }

  CompletionStage<List<float[]>> ofContents(Namespace namespace, List<NewMemory> memories) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < memories.size(); i++) {
      float[] own = memories.get(i).embedding();
      if (own == null) {
        requireModel(namespace);
        texts.add(memories.get(i).content());
      } else {
        requireFit(namespace, own, memories.size() == 1 ? "embedding" : at(i));
      }
    }
    if (texts.isEmpty()) {
      return CompletableFuture.completedStage(ownOr(memories, List.of()));
    }
    return embedder.embedAll(texts).thenApply(embedded -> ownOr(memories, embedded));
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
    requireModel(namespace);
    return embedder
        .embedAll(List.of(patch.content()))
        .thenApply(embedded -> Optional.of(embedded.getFirst()));
  }

  CompletionStage<float[]> ofQuestion(Namespace namespace, Memories.RecallRequest request) {
    float[] own = request.embedding();
    if (own != null) {
      requireFit(namespace, own, "embedding");
      return CompletableFuture.completedStage(own);
    }
    @Nullable String query = request.query();
    if (query == null) {
      throw new Refusal.InvalidRequest("query", "say what to look for: 'query' or 'embedding'");
    }
    requireModel(namespace);
    return embedder.embedQuery(query);
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

  private void requireModel(Namespace namespace) {
    if (!namespace.embedsText()) {
      throw new Refusal.InvalidRequest(
          "embedding",
          "namespace '%s' holds clients' own vectors of %d dimensions; send 'embedding'"
              .formatted(namespace.name(), namespace.dimension()));
    }
    if (!namespace.model().equals(embedder.model())) {
      throw new Refusal.Conflict(
          "namespace '%s' was made with the embedding model '%s' and this node runs '%s'; vectors of two models cannot be compared"
              .formatted(namespace.name(), namespace.model(), embedder.model()));
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
    } else if (squares > Float.MAX_VALUE) {
      throw new Refusal.InvalidRequest(
          field, "the vector is too long: the square of its length must fit a 32-bit float");
    }
  }

  private static String at(int i) {
    return "memories[" + i + "].embedding";
  }
}
