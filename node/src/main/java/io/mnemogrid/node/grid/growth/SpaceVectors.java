package io.mnemogrid.node.grid.growth;

import io.mnemogrid.node.grid.registry.RegistryReplica;
import io.mnemogrid.node.grid.shard.Draft;
import io.mnemogrid.node.memory.Embedder;
import io.mnemogrid.node.memory.Embedders;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The vectors that texts have in the spaces of their namespace. */
public final class SpaceVectors {
  private final RegistryReplica registry;
  private final Embedders embedders;

  public SpaceVectors(RegistryReplica registry, Embedders embedders) {
    this.registry = registry;
    this.embedders = embedders;
  }

  /** Writes with the vectors for all the spaces that their namespace has now. */
  public record Ready(Namespace namespace, List<Draft> drafts) {}

  /** The namespace as this member knows it now, or as it was when it is no more. */
  public Namespace now(Namespace namespace) {
    Namespace known = registry.namespace(namespace.uid());
    return known == null ? namespace : known;
  }

  /**
   * Brings writes the vectors that they lack. A vector that a client made itself is of no use in
   * another space: there its memory has the vector of its content.
   *
   * @param embeddedFor whose space the writes' vectors are of
   */
  public CompletionStage<Ready> ready(Namespace embeddedFor, List<MemoryWrite> writes) {
    Namespace now = now(embeddedFor);
    Space beside = now.isChangingModel() ? now.beside() : null;
    CompletionStage<List<float @Nullable []>> other =
        beside == null
            ? CompletableFuture.completedStage(none(writes.size()))
            : vectors(beside, embeddedFor, writes);
    return vectors(now.space(), embeddedFor, writes)
        .thenCombine(
            other,
            (first, second) -> {
              List<Draft> drafts = new ArrayList<>(writes.size());
              for (int i = 0; i < writes.size(); i++) {
                drafts.add(new Draft(writes.get(i).with(first.get(i)), second.get(i)));
              }
              return new Ready(now, drafts);
            });
  }

  private CompletionStage<List<float @Nullable []>> vectors(
      Space space, Namespace embeddedFor, List<MemoryWrite> writes) {
    if (space.hasVectorsOf(embeddedFor.space())) {
      List<float @Nullable []> given = new ArrayList<>(writes.size());
      writes.forEach(write -> given.add(write.vector()));
      return CompletableFuture.completedStage(given);
    }
    List<Integer> places = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      String content = writes.get(i).content();
      if (content != null && writes.get(i).vector() != null) {
        places.add(i);
        texts.add(content);
      }
    }
    List<float @Nullable []> vectors = none(writes.size());
    if (texts.isEmpty()) {
      return CompletableFuture.completedStage(vectors);
    }
    return embed(space, texts)
        .thenApply(embedded -> {
          for (int i = 0; i < embedded.size(); i++) {
            vectors.set(places.get(i), embedded.get(i));
          }
          return vectors;
        });
  }

  private static List<float @Nullable []> none(int count) {
    return Arrays.asList(new float @Nullable [count][]);
  }

  /**
   * Embeds texts that are kept in a space.
   *
   * @return fails with {@link Refusal.Conflict} if this node does not have the model
   */
  CompletionStage<List<float[]>> embed(Space space, List<String> texts) {
    Embedder embedder =
        embedders
            .named(space.model())
            .filter(found -> found.dimension() == space.dimension())
            .orElse(null);
    if (embedder == null) {
      return CompletableFuture.failedStage(
          new Refusal.Conflict(
              "the namespace moves between two models, and this node does not have '%s' of %d dimensions; the node has: %s"
                  .formatted(
                      space.model(), space.dimension(), String.join(", ", embedders.names()))));
    }
    return Objects.requireNonNull(embedder).embedAll(texts);
  }
}
