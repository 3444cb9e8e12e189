package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.lexical.LexicalQuery;
import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.recall.question.TimeCue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What shards are asked, all of them alike.
 *
 * @param vector {@code float[dimension]}, or null when words alone count
 * @param words with the statistics of all the shards that are asked, or null when vectors alone
 *     count
 * @param nameWords as {@link io.mnemogrid.node.recall.question.QuestionCues#nameWords} has them
 * @param times that it names, and that contents are searched for
 * @param folded whether contents are compared with those of other namespaces
 */
public record Question(
    float @Nullable [] vector,
    @Nullable LexicalQuery words,
    Set<String> nameWords,
    List<TimeCue> times,
    MemoryFilter filter,
    boolean folded) {

  public Question {
    nameWords = Set.copyOf(nameWords);
    times = List.copyOf(times);
  }

  /** The same of those memories alone for which this holds besides. */
  public Question among(Condition besides) {
    Condition both = Condition.all(List.of(filter.condition(), besides));
    return new Question(vector, words, nameWords, times, filter.where(both), folded);
  }

  /** The same with its words. */
  public Question withWords(LexicalQuery itsWords) {
    return new Question(vector, itsWords, nameWords, times, filter, folded);
  }
}
