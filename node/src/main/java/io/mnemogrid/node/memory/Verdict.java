package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Appraisal;
import org.jspecify.annotations.Nullable;

/** What one reader says of a memory; null where nothing is said. */
public record Verdict(Appraisal.@Nullable Vote vote, @Nullable Boolean verified) {
  public static final Verdict NONE = new Verdict(null, null);

  /** What there is of opinions once this one is in. */
  public Appraisal after(Appraisal present) {
    Appraisal voted = vote == null ? present : present.with(vote);
    return verified == null ? voted : voted.withVerified(verified);
  }

  /** The same, of a memory that must be verified anew. */
  Verdict withdrawn() {
    return new Verdict(vote, false);
  }

  /** What is left of the importance. */
  public float importance(float present) {
    return vote == null ? present : vote.moved(present);
  }
}
