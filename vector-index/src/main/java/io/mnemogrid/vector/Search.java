package io.mnemogrid.vector;

import io.mnemogrid.vector.hnsw.LayerWalk;
import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.Query;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.RowScan;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotSet;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One search's view of an index, and its scratch. Reused; one thread at a time.
 *
 * <p>With a filter the cheaper of two ways is taken, by a sample of the filter: scanning the
 * vectors that pass, or walking through all and collecting those that pass. A walk that has scored
 * as many as the scan would have is given up for the scan of what it has not met, so a bad guess
 * costs twice the better way, and never more than scanning everything.
 */
final class Search implements RowScan.Rows {
  private static final int SAMPLES = 128;

  /** A walk scores about this many rows, and so many more for each candidate it keeps. */
  private static final int WALK_BASE = 250;

  private static final int WALK_PER_CANDIDATE = 10;

  /** Asking the filter costs about this part of scoring a row. */
  private static final int FILTER_COST_DIVISOR = 16;

  private final Query query = new Query();
  private final BestSlots best = new BestSlots();
  private final BestSlots walked = new BestSlots();
  private final RowScan scan = new RowScan();
  private final LayerWalk walk = new LayerWalk();
  private final IntPredicate acceptsFromGraph = this::isHitInGraph;
  private final IntPredicate acceptsUnmet = this::isUnmetHitInGraph;
  private SlotSet live = SlotSet.EMPTY;
  private SlotSet linked = SlotSet.EMPTY;
  private SlotSet scanned = SlotSet.EMPTY;
  private @Nullable SlotFilter filter;
  private @Nullable GraphTier tier;
  private @Nullable RowDirectory directory;
  private @Nullable Scorer scorer;
  private long entry;
  private int exactScanLimit;

  /**
   * Binds this search to what it sees of {@code index}. The order matters: a slot that is live is
   * then either in the graph as read after it, or in the tail, and has its row in the directory.
   */
  void bind(VectorIndex index) {
    live = index.live();
    tier = index.tier();
    linked = tier == null ? SlotSet.EMPTY : tier.linked();
    entry = tier == null ? 0 : tier.graph().entry();
    directory = index.directory();
    scorer = index.scorer();
    exactScanLimit = index.options().exactScanLimit();
  }

  Hits run(SearchParameters wanted) {
    filter = wanted.filter();
    best.reset(wanted.k());
    int budget = wanted.visitBudget();
    scanned = live;
    GraphTier graphTier = tier;
    if (graphTier == null || live.size() <= exactScanLimit) {
      int scored = scan.scan(this, SlotSet.EMPTY, filter, budget);
      return Hits.of(best, wanted.k(), scored <= budget);
    }
    int scored = scan.scan(this, linked, filter, budget);
    boolean complete = scored <= budget && searchGraph(graphTier, wanted, budget - scored);
    return Hits.of(best, wanted.k(), complete);
  }

  private boolean searchGraph(GraphTier graphTier, SearchParameters wanted, int budget) {
    int passing = filter == null ? live.size() : estimatePassing();
    scanned = linked;
    if (filter != null && isScanCheaper(passing, wanted.efSearch())) {
      return scan.scan(this, SlotSet.EMPTY, acceptsFromGraph, budget) <= budget;
    }
    walk.bind(graphTier.graph(), directory(), scorer());
    walked.reset(wanted.efSearch());
    int walkBudget = filter == null ? budget : Math.min(budget, passing);
    boolean complete = walk.search(entry, query, acceptsFromGraph, walked, walkBudget);
    walked.sort();
    for (int i = 0; i < walked.size(); i++) {
      best.offer(walked.get(i));
    }
    if (!complete && walkBudget < budget) {
      int rest = budget - walk.scored();
      complete = rest > 0 && scan.scan(this, SlotSet.EMPTY, acceptsUnmet, rest) <= rest;
    }
    return complete;
  }

  private boolean isScanCheaper(int passing, int searchWidth) {
    double share = (double) passing / live.size();
    double walkCost = (WALK_BASE + (double) WALK_PER_CANDIDATE * searchWidth) / share;
    return passing + live.size() / FILTER_COST_DIVISOR <= walkCost;
  }

  /** How many live slots pass, by asking for some spread over all; at least one. */
  private int estimatePassing() {
    int words = live.words();
    int asked = 0;
    int passed = 0;
    for (int i = 0; i < SAMPLES; i++) {
      int word = (int) ((long) i * words / SAMPLES);
      int turn = i * 37; // another bit of the word each time
      long bits = Long.rotateRight(live.word(word), turn);
      if (bits != 0) {
        asked++;
        int slot = (word << 6) + (Long.numberOfTrailingZeros(bits) + turn & 63);
        passed += passes(slot) ? 1 : 0;
      }
    }
    return (int) Math.max(1, (long) live.size() * (passed + 1) / (asked + 1));
  }

  private boolean isHitInGraph(int slot) {
    return live.contains(slot) && linked.contains(slot) && passes(slot);
  }

  private boolean isUnmetHitInGraph(int slot) {
    return !walk.met(slot) && isHitInGraph(slot);
  }

  private boolean passes(int slot) {
    return filter == null || filter.test(slot);
  }

  /** Drops what belongs to an index, so that a pooled search keeps none alive. */
  void forget() {
    live = SlotSet.EMPTY;
    linked = SlotSet.EMPTY;
    scanned = SlotSet.EMPTY;
    filter = null;
    tier = null;
    directory = null;
    scorer = null;
    walk.forget();
  }

  @Override
  public SlotSet slots() {
    return scanned;
  }

  @Override
  public RowDirectory directory() {
    return Objects.requireNonNull(directory);
  }

  @Override
  public Scorer scorer() {
    return Objects.requireNonNull(scorer);
  }

  @Override
  public Query query() {
    return query;
  }

  @Override
  public BestSlots best() {
    return best;
  }
}
