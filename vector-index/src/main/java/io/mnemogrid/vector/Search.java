package io.mnemogrid.vector;

import io.mnemogrid.vector.codes.CodeQuery;
import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.Query;
import io.mnemogrid.vector.rows.ScoreBatch;
import io.mnemogrid.vector.rows.ScoredSlot;
import io.mnemogrid.vector.rows.Scorer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A search through one index or many as if they were one: the query is prepared once, all share one
 * heap of candidates, and the best of these are scored exactly, once. Reused scratch; one thread at
 * a time.
 *
 * <p>Of several indexes each is walked only as far as its share of the vectors lets expect hits.
 * One that turns out to have more is searched again, as if it were alone.
 */
final class Search {
  /**
   * A candidate is left out if it would have to be misjudged by so many standard errors; by more
   * where {@code efSearch} is more than it is without being said.
   */
  private static final double MARGIN = 2;

  private static final int FIRST_SCORED = 16;
  private static final int SCORED_AT_ONCE = 8;

  private final Query query = new Query();
  private final CodeQuery codeQuery = new CodeQuery();
  private final IndexSearch part = new IndexSearch();
  private final BestSlots candidates = new BestSlots();
  private final BestSlots best = new BestSlots();
  private final ScoreBatch batch = new ScoreBatch();
  private final SearchedParts parts = new SearchedParts();
  private boolean codesPrepared;
  private int efSearch;
  private double margin;
  private boolean bounded;
  private @Nullable Scorer scorer;

  /** Begins with a query times {@code factor}. */
  void begin(float[] vector, float factor, Scorer itsScorer) {
    query.set(vector, factor);
    codesPrepared = false;
    scorer = itsScorer;
  }

  /** Searches one index. */
  void run(VectorIndex index, SearchParameters wanted, Hits into) {
    reset(wanted);
    boolean complete = add(0, index, wanted.filter(), 0, wanted.visitBudget());
    scoreCandidates();
    into.take(best, complete);
  }

  /** Searches all of {@code indexes}. */
  void run(List<JointSearch.Source> indexes, SearchParameters wanted, Hits into) {
    reset(wanted);
    int all = bounded ? 0 : vectors(indexes); // a budget leaves nothing for a second search
    int budget = wanted.visitBudget();
    boolean complete = true;
    for (int i = 0; i < indexes.size() && complete; i++) {
      complete = add(i, indexes.get(i), all, budget);
      budget -= Math.min(budget, part.scored());
    }
    if (all > 0) {
      searchAgainWhatWasCutShort(indexes);
    }
    scoreCandidates();
    into.take(best, complete);
    for (int i = 0; i < into.count(); i++) {
      SearchedParts.Part its = parts.of(into.slot(i));
      into.setSource(i, its.index(), into.slot(i) - its.base());
    }
  }

  private static int vectors(List<JointSearch.Source> indexes) {
    long all = 0;
    for (int i = 0; i < indexes.size(); i++) {
      all += indexes.get(i).reader().index().size();
    }
    return (int) Math.min(all, Integer.MAX_VALUE);
  }

  private void searchAgainWhatWasCutShort(List<JointSearch.Source> indexes) {
    int searched = parts.count();
    for (int i = 0; i < searched; i++) {
      if (parts.get(i).isCutShort()) {
        parts.get(i).drop();
        add(i, indexes.get(i), 0, SearchParameters.UNBOUNDED);
      }
    }
  }

  private void reset(SearchParameters wanted) {
    efSearch = wanted.efSearch();
    margin = MARGIN * Math.max(1, (double) efSearch / SearchParameters.defaultEf(wanted.k()));
    bounded = wanted.visitBudget() < SearchParameters.UNBOUNDED;
    candidates.reset(efSearch);
    best.reset(wanted.k());
    parts.clear();
  }

  private boolean add(int number, JointSearch.Source source, int all, int budget) {
    return add(number, source.reader().index(), source.filter(), all, budget);
  }

  /**
   * Searches an index as one of several.
   *
   * @param all vectors in all of them, or fewer than in this one if it is to be searched as if
   *     alone
   */
  private boolean add(
      int number, VectorIndex index, @Nullable SlotFilter filter, int all, int budget) {
    part.bind(index, filter);
    SearchedParts.Part its = parts.add(number, part.directory());
    boolean complete = part.run(this, its.base(), all, budget);
    its.searched(part.hasCodes() ? candidates : best, part.cutAt());
    return complete;
  }

  /**
   * Scores candidates, the most promising first, until those left are estimated so low that they
   * would have to be misjudged by far more than those before them to be among the best.
   */
  private void scoreCandidates() {
    candidates.sort();
    double squaredErrors = 0;
    int scored = 0;
    while (scored < candidates.size()) {
      if (scored > 0 && best.isFull()) {
        float next = ScoredSlot.score(candidates.get(scored));
        if (next + margin * Math.sqrt(squaredErrors / scored) < ScoredSlot.score(best.worst())) {
          return;
        }
      }
      int many = scored == 0 ? Math.max(FIRST_SCORED, best.capacity()) : SCORED_AT_ONCE;
      squaredErrors += scoreCandidates(scored, Math.min(candidates.size(), scored + many));
      scored += many;
    }
  }

  /** Scores the candidates from one place in their order to another; returns squared errors. */
  private double scoreCandidates(int from, int to) {
    double squaredErrors = 0;
    for (int at = from; at < to; at += ScoreBatch.CAPACITY) {
      int end = Math.min(to, at + ScoreBatch.CAPACITY);
      batch.clear();
      for (int i = at; i < end; i++) {
        int slot = ScoredSlot.slot(candidates.get(i));
        batch.add(slot);
        batch.setAddress(i - at, parts.of(slot).address(slot));
      }
      scorer().score(query, batch);
      for (int i = at; i < end; i++) {
        float score = batch.score(i - at);
        float error = score - ScoredSlot.score(candidates.get(i));
        squaredErrors += (double) error * error;
        best.offer(ScoredSlot.of(score, batch.slot(i - at)));
      }
    }
    return squaredErrors;
  }

  /** Drops what belongs to indexes, so that a pooled search keeps none alive. */
  void forget() {
    parts.forget();
    scorer = null;
    part.forget();
  }

  float score(long row) {
    return scorer().score(query, row);
  }

  Query query() {
    return query;
  }

  /** Has {@link #codeQuery} be of this query. */
  void prepareCodes() {
    if (!codesPrepared) {
      codeQuery.set(query);
      codesPrepared = true;
    }
  }

  CodeQuery codeQuery() {
    return codeQuery;
  }

  Scorer scorer() {
    return Objects.requireNonNull(scorer);
  }

  /** Whether there is a budget. */
  boolean isBounded() {
    return bounded;
  }

  int efSearch() {
    return efSearch;
  }

  /** Takes estimates. */
  BestSlots candidates() {
    return candidates;
  }

  /** Takes exact scores. */
  BestSlots best() {
    return best;
  }
}
