package io.mnemogrid.node.recall;

import io.mnemogrid.node.model.Unrelated;
import io.mnemogrid.node.recall.question.QuestionCues;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to order the candidates of one question.
 *
 * @param vectorWeight share of the vectors beside the words, 0..1; null as measured to be best
 * @param neighborhood whether turns around a memory in its session count too
 * @param reach how many turns on each side of a proposed candidate are candidates too, where there
 *     are as many
 * @param spaces what the similarities in each namespace asked are, in the order of {@link
 *     Candidate#namespace}
 * @param namespaceWeights of each namespace asked, in the order of {@link Candidate#namespace}
 * @param smart how importance and the like move the score
 * @param now unix seconds
 */
public record FusionPlan(
    Method method,
    @Nullable Double vectorWeight,
    boolean neighborhood,
    int reach,
    List<Space> spaces,
    QuestionCues cues,
    List<Double> namespaceWeights,
    FusionWeights weights,
    SmartScore smart,
    long now) {

  /** Share of the vectors where a code is asked for, of which they know nothing. */
  private static final double VECTORS_BESIDE_A_CODE = 0.3;

  /** Cosines that are closer together than this hardly differ. */
  public static final double COSINE_SPAN = 0.2;

  /**
   * What similarities are. Only those of the same number can be compared as they are, and those of
   * different ones by how far they stand out, where that is known of both.
   *
   * @param leastSpan over which they are spread at least, by {@code MINMAX}: {@value #COSINE_SPAN}
   *     for cosines, 0 where their size says nothing
   * @param unrelated what they are for texts that have nothing to do with each other, if known
   */
  public record Space(int number, double leastSpan, @Nullable Unrelated unrelated) {
    /** Of a namespace that is asked by words alone. */
    public static final Space NONE = new Space(-1, 0, null);

    public Space {
      if (!(leastSpan >= 0 && Double.isFinite(leastSpan))) {
        throw new IllegalArgumentException("the least span must be at least 0, was " + leastSpan);
      }
    }
  }

  /** How scores of different kinds are made comparable. */
  public enum Method {
    /** Each score by its distance from the lowest to the highest among the candidates. */
    MINMAX,
    /** Each by its rank alone (Cormack, Clarke and Buettcher 2009). */
    RRF
  }

  public FusionPlan {
    Objects.requireNonNull(method);
    spaces = List.copyOf(spaces);
    namespaceWeights = List.copyOf(namespaceWeights);
    if (vectorWeight != null && !(vectorWeight >= 0 && vectorWeight <= 1)) {
      throw new IllegalArgumentException("the vector weight must be 0..1, was " + vectorWeight);
    }
    if (reach < 0) {
      throw new IllegalArgumentException("the reach must be at least 0, was " + reach);
    }
    for (double weight : namespaceWeights) {
      if (!(weight >= 0 && Double.isFinite(weight))) {
        throw new IllegalArgumentException(
            "a namespace's weight must be at least 0, was " + weight);
      }
    }
  }

  /** What each signal of words and vectors counts. */
  FusionWeights.Sides sides(boolean inContext) {
    FusionWeights.Sides sides = inContext ? weights.inContext() : weights.alone();
    if (vectorWeight == null) {
      return cues.namesCode() ? sides.balanced(VECTORS_BESIDE_A_CODE) : sides;
    }
    return sides.balanced(vectorWeight);
  }
}
