package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Stamp;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A memory, or the tombstone of one, that another shard may lack. */
public record Offer(String id, Rank rank) {
  static Offer of(MemoryRecord record) {
    return new Offer(record.id(), Rank.of(record));
  }

  /** The same where its stamp says nothing: it gives way to whatever is there. */
  public Offer asOldest() {
    return new Offer(id, new Rank(Stamp.NONE, rank.tombstone(), rank.likeness()));
  }

  /**
   * Which of these would take the place of what the shard has; on the partition's thread.
   *
   * @param into null when nothing was ever written to it
   */
  public static BitSet wanted(@Nullable Shard into, List<Offer> offers) {
    BitSet wanted = new BitSet(offers.size());
    for (int i = 0; i < offers.size(); i++) {
      Offer offer = offers.get(i);
      boolean stands =
          into != null
              && into.newest(offer.id())
                  .filter(present -> offer.rank().compareTo(Rank.of(present.record())) <= 0)
                  .isPresent();
      wanted.set(i, !stands);
    }
    return wanted;
  }
}
