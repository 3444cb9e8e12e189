package io.mnemogrid.node.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to look for, and where.
 *
 * @param sources where to look; at least one, each namespace once
 * @param text the question as it was asked, or null when vectors alone say it
 * @param topK memories wanted, at least 1
 */
public record RecallQuery(
    List<Source> sources,
    @Nullable String text,
    int topK,
    MemoryFilter filter,
    RecallOptions options) {

  /**
   * A namespace to look in.
   *
   * @param weight that its memories' scores are multiplied with, above 0
   * @param vector {@code float[dimension]} of the namespace, or null to go by words alone
   * @param unrelated what is known of the namespace's model, or null
   */
  public record Source(
      Namespace namespace, float weight, float @Nullable [] vector, @Nullable Unrelated unrelated) {
    // In full: of a compact one the compiler forgets that the vector may be null.
    public Source(
        Namespace namespace,
        float weight,
        float @Nullable [] vector,
        @Nullable Unrelated unrelated) {
      Objects.requireNonNull(namespace);
      if (!(weight > 0 && weight <= MOST_WEIGHT)) {
        throw new IllegalArgumentException("a weight is above 0 and finite, was " + weight);
      }
      this.namespace = namespace;
      this.weight = weight;
      this.vector = vector;
      this.unrelated = unrelated;
    }

    /** The same with another vector. */
    public Source withVector(float[] another) {
      return new Source(namespace, weight, another, unrelated);
    }
  }

  public static final float MOST_WEIGHT = 100;

  public RecallQuery {
    sources = List.copyOf(sources);
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("a recall is over at least one namespace");
    }
    if (words(text, options) == null
        && sources.stream().anyMatch(source -> source.vector() == null)) {
      throw new IllegalArgumentException("a recall without words needs vectors");
    }
    Objects.requireNonNull(filter);
  }

  /** Whether any of the namespaces is searched by a vector. */
  public boolean hasVectors() {
    return sources.stream().anyMatch(source -> source.vector() != null);
  }

  /** The words to search by; null where vectors alone find, whatever the text is embedded as. */
  public @Nullable String question() {
    return words(text, options);
  }

  private static @Nullable String words(@Nullable String text, RecallOptions options) {
    return options.routing() == RecallOptions.Routing.VECTOR ? null : text;
  }
}
