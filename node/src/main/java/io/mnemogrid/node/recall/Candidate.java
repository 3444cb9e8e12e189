package io.mnemogrid.node.recall;

import org.jspecify.annotations.Nullable;

/**
 * A memory that may answer a question, with everything that its place among the others depends on.
 * Scores are raw and exact: never normalised, cut or ranked where they were found, so that it does
 * not matter how the memories are spread over shards.
 *
 * @param id unique in its namespace
 * @param namespace index of its namespace among those asked
 * @param proposed whether a search found it, and its neighbours in its session are candidates too
 * @param similarity to the question, higher is nearer; a cosine in [-1, 1] for a cosine namespace
 * @param bm25 at least 0; 0 when no word of the question is in it
 * @param session that it belongs to in its namespace, or null
 * @param order grows along the session: microseconds, or any other count
 * @param time unix seconds of what it tells of, or {@link #NO_TIME}
 * @param traits of its content, as {@link TextTraits} packs them
 * @param named whether the question names who speaks in it
 * @param namesTime whether it names a time that the question names
 * @param contentHash equal for equal content, 0 when not known
 */
public record Candidate(
    String id,
    int namespace,
    boolean proposed,
    double similarity,
    double bm25,
    @Nullable String session,
    long order,
    long time,
    int traits,
    boolean named,
    boolean namesTime,
    long contentHash,
    Standing standing) {

  /** Says that a memory is of no known time. */
  public static final long NO_TIME = Long.MIN_VALUE;

  public Candidate {
    if (!Double.isFinite(similarity)) {
      throw new IllegalArgumentException("the similarity must be a number, was " + similarity);
    }
    if (!(bm25 >= 0 && Double.isFinite(bm25))) {
      throw new IllegalArgumentException("the BM25 score must be at least 0, was " + bm25);
    }
  }

  /** The same, from that one of the namespaces asked. */
  public Candidate inNamespace(int index) {
    return moved(index, order);
  }

  /** The same, at that place along its session. */
  public Candidate at(long newOrder) {
    return moved(namespace, newOrder);
  }

  /** The same, its neighbours in the session not being known. */
  public Candidate alone() {
    return copied(namespace, false, order);
  }

  private Candidate moved(int newNamespace, long newOrder) {
    return copied(newNamespace, proposed, newOrder);
  }

  private Candidate copied(int newNamespace, boolean isProposed, long newOrder) {
    return new Candidate(
        id,
        newNamespace,
        isProposed,
        similarity,
        bm25,
        session,
        newOrder,
        time,
        traits,
        named,
        namesTime,
        contentHash,
        standing);
  }

  /** Whether it is a turn of a conversation rather than a text that stands for itself. */
  boolean isTurn() {
    return session != null || TextTraits.hasSpeaker(traits);
  }
}
