package io.mnemogrid.vector.rows;

/** Scores every slot of a scope and keeps the best. Reused scratch; one thread at a time. */
public final class SlotScan {
  private final ScoreBatch batch = new ScoreBatch();

  /**
   * Offers all slots of {@code scope}, scored by {@code scorer}.
   *
   * @param budget most slots to score
   * @return slots scored; one more than {@code budget} if it was spent before the end
   */
  public int scan(Scope scope, SlotScorer scorer, BestSlots best, int budget) {
    batch.clear();
    int scored = 0;
    int words = scope.words();
    for (int w = scope.nextWord(0); w < words; w = scope.nextWord(w + 1)) {
      for (long word = scope.passing(w, scope.word(w)); word != 0; word &= word - 1) {
        int slot = (w << 6) + Long.numberOfTrailingZeros(word);
        if (scored == budget) {
          flush(scorer, best, scope.base());
          return budget + 1;
        }
        scored++;
        batch.add(slot);
        if (batch.isFull()) {
          flush(scorer, best, scope.base());
        }
      }
    }
    flush(scorer, best, scope.base());
    return scored;
  }

  private void flush(SlotScorer scorer, BestSlots best, int base) {
    scorer.score(batch);
    for (int i = 0; i < batch.count(); i++) {
      best.offer(ScoredSlot.of(batch.score(i), base + batch.slot(i)));
    }
    batch.clear();
  }
}
