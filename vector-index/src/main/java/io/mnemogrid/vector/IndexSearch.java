package io.mnemogrid.vector;

import io.mnemogrid.vector.SlotFilter.SetFilter;
import io.mnemogrid.vector.codes.BlockScan;
import io.mnemogrid.vector.codes.CodeStore;
import io.mnemogrid.vector.codes.LineScores;
import io.mnemogrid.vector.hnsw.LayerWalk;
import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.RowScores;
import io.mnemogrid.vector.rows.Scope;
import io.mnemogrid.vector.rows.SlotScan;
import io.mnemogrid.vector.rows.SlotScorer;
import io.mnemogrid.vector.rows.SlotSet;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The part of a search that is about one index: its view of the index, and the way taken through
 * it. Reused scratch; one thread at a time.
 *
 * <p>With a filter the cheaper of two ways is taken: scanning what passes, or walking through all.
 * A walk that has cost as much as the scan would have is given up for the scan of what it has not
 * met. So a bad guess costs twice the better way, the least that can be had without knowing before;
 * and as scanning is cheaper by half, no more is scored than half as much again as there is that
 * passes, or, where asking a predicate makes the scan dearer, twice as much.
 */
final class IndexSearch {
  /** Candidates a hit that a walk is to come by, however few pass: estimates misjudge some. */
  private static final int OVERSAMPLING = 2;

  private static final int ONE_BIT_OVERSAMPLING = 5;

  private final RowScores rowScores = new RowScores();
  private final LineScores lineScores = new LineScores();
  private final BlockScan blockScan = new BlockScan();
  private final SlotScan slotScan = new SlotScan();
  private final LayerWalk walk = new LayerWalk();
  private final BestSlots walked = new BestSlots();
  private final Scope scope = new Scope();
  private final IntPredicate unmet = this::isUnmet;
  private SlotSet live = SlotSet.EMPTY;
  private SlotSet linked = SlotSet.EMPTY;
  private @Nullable SlotSet filterSet;
  private @Nullable SlotFilter filter;
  private @Nullable GraphTier tier;
  private @Nullable CodeStore codes;
  private @Nullable RowDirectory directory;
  private long entry;
  private int scored;
  private float cutAt;

  /**
   * Binds this to what it sees of {@code index}. The order matters: a slot that is live is then
   * either in the graph as read after it, or in the tail, and has its row and its code.
   */
  void bind(VectorIndex index, @Nullable SlotFilter itsFilter) {
    live = index.live();
    tier = index.tier();
    linked = tier == null ? SlotSet.EMPTY : tier.linked();
    entry = tier == null ? 0 : tier.graph().entry();
    CodeStore itsCodes = index.codes();
    // Blocks beside a graph: there was no memory for lines. Walks go by the rows, so all goes so.
    codes = tier != null && itsCodes != null && !itsCodes.isLines() ? null : itsCodes;
    directory = index.directory();
    filterSet = itsFilter instanceof SetFilter known ? known.slots() : null;
    filter = filterSet == null ? itsFilter : null;
    scored = 0;
    cutAt = Float.NEGATIVE_INFINITY;
  }

  /** Whether {@link #run} offers estimates. */
  boolean hasCodes() {
    return codes != null;
  }

  RowDirectory directory() {
    return Objects.requireNonNull(directory);
  }

  /**
   * What {@link #run} offered last where it walked less far than {@code efSearch} says, as its
   * score; there may be more of the index that is only a little worse. Otherwise negative infinity.
   */
  float cutAt() {
    return cutAt;
  }

  /** Vectors and codes scored by {@link #run}. */
  int scored() {
    return scored;
  }

  /**
   * Offers what the index has: to the search's candidates with estimates, or exactly scored to its
   * best.
   *
   * @param base added to each slot
   * @param all vectors that are searched together, this index's among them
   * @return false if the budget ended it
   */
  boolean run(Search search, int base, int all, int budget) {
    CodeStore itsCodes = codes;
    if (itsCodes != null) {
      search.prepareCodes();
    }
    scope.setBase(base);
    BestSlots into = itsCodes == null ? search.best() : search.candidates();
    if (itsCodes != null && !itsCodes.isLines()) {
      blockScan.bind(itsCodes, search.codeQuery());
      // What a budget counts must not depend on what is cheaper.
      boolean asksFirst = filter != null && (search.isBounded() || Census.isRare(live, filter));
      scored += blockScan.scan(everything(), asksFirst, into, budget);
      return scored <= budget;
    }
    SlotScorer scorer =
        itsCodes == null
            ? rowScores.bind(directory(), search.scorer(), search.query())
            : lineScores.bind(itsCodes, search.codeQuery());
    GraphTier graphTier = tier;
    if (graphTier == null) {
      return scan(everything(), scorer, into, budget);
    }
    return searchGraph(graphTier, scorer, search, Math.max(all, live.size()), into, budget);
  }

  private boolean searchGraph(
      GraphTier graphTier, SlotScorer scorer, Search search, int all, BestSlots into, int budget) {
    int passing = Census.passing(live, filterSet, filter);
    int width = width(search, passing, all);
    int walkBudget = budget;
    if (filter != null || filterSet != null) {
      long scanCost = Census.scanCost(passing, filter == null ? 0 : live.size());
      if (scanCost <= Census.walkCost(width, passing, live.size())) {
        return scan(everything(), scorer, into, budget);
      }
      walkBudget = (int) Math.min(budget, Math.min(scanCost, passing));
    }
    scope.of(live).except(linked).filtered(filterSet, filter);
    if (!scan(scope, scorer, into, budget)) {
      return false;
    }
    walked.reset(width);
    walk.bind(graphTier.graph(), scorer);
    scope.of(live).within(linked).filtered(filterSet, filter);
    boolean complete = walk.search(entry, scope, walked, Math.min(budget - scored, walkBudget));
    scored += walk.scored();
    walked.giveTo(into, scope.base());
    if (complete || scored >= budget) {
      cutAt = width < search.efSearch() ? walked.floor() : Float.NEGATIVE_INFINITY;
      return complete;
    }
    return scan(scope.of(live).within(linked).filtered(filterSet, unmet), scorer, into, budget);
  }

  /** How wide to walk for this index's part of the hits, and only through what passes. */
  private int width(Search search, int passing, int all) {
    CodeStore itsCodes = codes;
    int oversampling =
        itsCodes != null && itsCodes.bits() == 1 ? ONE_BIT_OVERSAMPLING : OVERSAMPLING;
    int hits = Census.mostIn(search.best().capacity(), live.size(), all);
    int ef = search.efSearch();
    int shared = Census.shared(ef, live.size(), all);
    return Math.max(
        Math.min(ef, oversampling * hits), Census.narrowed(shared, passing, live.size()));
  }

  private Scope everything() {
    return scope.of(live).filtered(filterSet, filter);
  }

  private boolean scan(Scope what, SlotScorer scorer, BestSlots into, int budget) {
    scored += slotScan.scan(what, scorer, into, budget - scored);
    return scored <= budget;
  }

  private boolean isUnmet(int slot) {
    return !walk.met(slot) && (filter == null || filter.test(slot));
  }

  /** Drops what belongs to an index, so that a pooled search keeps none alive. */
  void forget() {
    live = SlotSet.EMPTY;
    linked = SlotSet.EMPTY;
    filter = null;
    filterSet = null;
    tier = null;
    codes = null;
    directory = null;
    scope.of(SlotSet.EMPTY);
    rowScores.forget();
    lineScores.forget();
    blockScan.forget();
    walk.forget();
  }
}
