package io.mnemogrid.vector;

import io.mnemogrid.vector.codes.CodeQuery;
import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.Query;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.ScoreBatch;
import io.mnemogrid.vector.rows.ScoredSlot;
import io.mnemogrid.vector.rows.Scorer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A search through one index or many as if they were one: the query is prepared once, all share one
 * heap of candidates, and the best of these are scored exactly, once. Reused scratch; one thread at
 * a time.
 *
 * <p>In the shared heaps a slot of the i-th index stands as {@code bases[i] + slot}.
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
  private int[] bases = new int[1];
  private @Nullable RowDirectory[] directories = new RowDirectory[1];
  private int sources;
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
    sources = 0;
  }

  /** Searches one index. */
  void run(VectorIndex index, SearchParameters wanted, Hits into) {
    reset(wanted);
    boolean complete = add(index, wanted.filter(), wanted.visitBudget());
    scoreCandidates();
    into.take(best, complete);
  }

  /** Searches all of {@code indexes}. */
  void run(List<JointSearch.Source> indexes, SearchParameters wanted, Hits into) {
    reset(wanted);
    int budget = wanted.visitBudget();
    boolean complete = true;
    for (int i = 0; i < indexes.size() && complete; i++) {
      JointSearch.Source source = indexes.get(i);
      complete = add(source.reader().index(), source.filter(), budget);
      budget -= Math.min(budget, part.scored());
    }
    scoreCandidates();
    into.take(best, complete);
    for (int i = 0; i < into.count(); i++) {
      int source = sourceOf(into.slot(i));
      into.setSource(i, source, into.slot(i) - bases[source]);
    }
  }

  private void reset(SearchParameters wanted) {
    efSearch = wanted.efSearch();
    margin = MARGIN * Math.max(1, (double) efSearch / SearchParameters.defaultEf(wanted.k()));
    bounded = wanted.visitBudget() < SearchParameters.UNBOUNDED;
    candidates.reset(efSearch);
    best.reset(wanted.k());
  }

  private boolean add(VectorIndex index, @Nullable SlotFilter filter, int budget) {
    part.bind(index, filter);
    if (sources == bases.length) {
      bases = Arrays.copyOf(bases, 2 * sources);
      directories = Arrays.copyOf(directories, 2 * sources);
    }
    RowDirectory rows = part.directory();
    int base = sources == 0 ? 0 : bases[sources - 1] + lastCapacity();
    bases[sources] = base;
    directories[sources] = rows;
    sources++;
    if (base > Integer.MAX_VALUE - rows.capacity()) {
      throw new IllegalArgumentException(
          "the indexes have %,d slots and more together, of %,d that one search may go through"
              .formatted((long) base + rows.capacity(), Integer.MAX_VALUE));
    }
    return part.run(this, base, budget);
  }

  private int lastCapacity() {
    return Objects.requireNonNull(directories[sources - 1]).capacity();
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
        int source = sourceOf(slot);
        RowDirectory rows = Objects.requireNonNull(directories[source]);
        batch.add(slot);
        batch.setAddress(i - at, rows.address(slot - bases[source]));
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

  private int sourceOf(int slot) {
    if (sources == 1) {
      return 0;
    }
    int found = Arrays.binarySearch(bases, 0, sources, slot);
    int source = found >= 0 ? found : -found - 2;
    // Indexes without room share their base with the next, the only one that can have the slot.
    while (source + 1 < sources && bases[source + 1] == bases[source]) {
      source++;
    }
    return source;
  }

  /** Drops what belongs to indexes, so that a pooled search keeps none alive. */
  void forget() {
    Arrays.fill(directories, 0, sources, null);
    sources = 0;
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
