package io.mnemogrid.node.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the answer to a recall came about.
 *
 * @param routing taken, never {@code AUTO}
 * @param filter of the memories that could be hits
 * @param iterations made; one where no vector counts, as words cannot be moved
 * @param reranked whether a model has ordered the best anew
 * @param terms the question's words as they were searched for, by language
 * @param times expressions of time found in the question
 * @param timesAlone whether the question says nothing beside its times
 * @param names found in the question
 * @param weights the most that each signal could be of a hit's relevance, by name; together 1, and
 *     none where nothing was found
 * @param vectorWeight the vectors' share of what words and vectors weigh together, 0..1; null where
 *     nothing was found
 * @param shardsAsked and {@code shardsAnswered}: over all namespaces
 * @param candidates seen, by what they were found through
 * @param stageMicros time taken, by stage, in the order of the stages
 */
public record Explanation(
    RecallOptions options,
    RecallOptions.Routing routing,
    MemoryFilter filter,
    int iterations,
    boolean reranked,
    Map<String, List<String>> terms,
    List<TimeFound> times,
    boolean timesAlone,
    List<String> names,
    Map<String, Float> weights,
    @Nullable Float vectorWeight,
    int shardsAsked,
    int shardsAnswered,
    Map<String, Integer> candidates,
    Map<String, Long> stageMicros) {

  /**
   * An expression of time.
   *
   * @param text as it stands in the question
   * @param from unix seconds, inclusive; null for no beginning
   * @param to unix seconds, exclusive; null for no end
   * @param grain how exactly it is named: {@code day}, {@code week}, {@code month}, {@code season},
   *     {@code year}, {@code span} or {@code open}
   * @param everyYear whether the same days of any year may be meant
   */
  public record TimeFound(
      String text, @Nullable Long from, @Nullable Long to, String grain, boolean everyYear) {}
}
