package io.mnemogrid.node.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A recalled memory.
 *
 * @param similarity to the question's vector: cosine in [-1, 1] for a cosine namespace; null
 *     without such a vector; with iterations, to that vector as the first hits have moved it
 * @param textScore BM25 of the question's words; null where words did not count
 * @param relevance of words, vectors and context together
 * @param smartScore what hits are ordered by, best first
 * @param signals what went into it, by name, if an explanation was asked for
 * @param copies of it in other namespaces that were asked
 */
public record Hit(
    Memory memory,
    @Nullable Float similarity,
    @Nullable Float textScore,
    float relevance,
    float smartScore,
    Map<String, Signal> signals,
    List<Copy> copies) {

  /** A memory of another namespace with the same content, for which the hit stands too. */
  public record Copy(String namespace, String id) {}

  /**
   * One thing that speaks for or against a hit.
   *
   * @param raw as it was measured
   * @param fused what it adds to the relevance; of a factor, the share of the relevance that the
   *     score is moved by, and of the namespace's weight what it is multiplied with
   */
  public record Signal(float raw, float fused) {}

  public Hit {
    signals = Map.copyOf(signals);
    copies = List.copyOf(copies);
  }
}
