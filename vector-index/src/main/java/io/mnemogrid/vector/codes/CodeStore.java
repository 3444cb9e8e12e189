package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.memory.Block;
import io.mnemogrid.vector.memory.MemoryLimitException;
import io.mnemogrid.vector.memory.SlabAllocator;
import io.mnemogrid.vector.rows.Metric;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.RowLayout;
import io.mnemogrid.vector.rows.RowStore;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The codes of one index's rows, by slot, around one centre. Written by the index's writer; any
 * thread may search what is published after it.
 */
public final class CodeStore {
  private final CodeLayout layout;
  private final Scorer scorer;
  private final Centre centre;
  private final @Nullable Axes axes;
  private final RowStore records;

  private CodeStore(
      CodeLayout layout,
      Scorer scorer,
      Centre centre,
      @Nullable Axes axes,
      SlabAllocator allocator) {
    this.layout = layout;
    this.scorer = scorer;
    this.centre = centre;
    this.axes = axes;
    this.records = new RowStore(layout, allocator);
  }

  /**
   * Makes the codes of all rows there are.
   *
   * @param live whose mean is the centre
   * @param slots slots from 0 that have a row, live or not
   * @param lineBits bits an element, in lines for a graph's walks; 0 for one bit in blocks
   * @return null if codes would tell these vectors hardly apart
   * @throws MemoryLimitException if there is no memory; nothing is taken then
   */
  public static @Nullable CodeStore of(
      Source source, SlotSet live, int slots, int lineBits, SlabAllocator allocator) {
    Centre centre = Centre.of(live, source.rows(), source.scorer(), source.encoder());
    if (centre.isFar(live, source.rows(), source.scorer(), source.encoder())) {
      return null;
    }
    RowLayout row = source.scorer().layout();
    boolean inBlocks = lineBits == 0;
    boolean hasAxes = inBlocks && live.size() >= Axes.LEAST_VECTORS;
    var layout =
        new CodeLayout(
            row.dimension(),
            inBlocks ? 1 : lineBits,
            row.metric() == Metric.NEGATED_SQUARED_DISTANCE,
            hasAxes,
            inBlocks ? CodeLayout.Form.BLOCKS : CodeLayout.Form.LINES);
    Axes axes =
        hasAxes ? Axes.of(live, source.rows(), source.scorer(), source.encoder(), centre) : null;
    var store = new CodeStore(layout, source.scorer(), centre, axes, allocator);
    store.records.makeRoomForAll(slots == 0 ? 0 : layout.record(slots - 1) + 1);
    for (int slot = 0; slot < slots; slot++) {
      store.put(source, slot);
    }
    return store;
  }

  /**
   * Makes room for the code of {@code slot}, which is at most one past the last place.
   *
   * @return a block that searches may still read and that the caller has to free after them
   * @throws MemoryLimitException if there is no memory; nothing has changed then
   */
  public @Nullable Block makeRoomFor(int slot) {
    return records.makeRoomFor(layout.record(slot));
  }

  /**
   * Gives up what is behind the codes of the first {@code slots} slots.
   *
   * @return blocks that searches may still read and that the caller has to free after them
   */
  public List<Block> trim(int slots) {
    return records.trim(slots == 0 ? 0 : layout.record(slots - 1) + 1);
  }

  /** Makes the code of {@code slot} from its row. */
  public void put(Source source, int slot) {
    source.encoder().read(source.rows(), scorer, slot);
    long record = records.directory().address(layout.record(slot));
    source.encoder().write(layout, centre, axes, record, slot);
  }

  public boolean isLines() {
    return layout.form() == CodeLayout.Form.LINES;
  }

  /** Bits an element. */
  public int bits() {
    return layout.bits();
  }

  Centre centre() {
    return centre;
  }

  /** There if the layout has shares of them. */
  @Nullable Axes axes() {
    return axes;
  }

  RowDirectory directory() {
    return records.directory();
  }

  CodeLayout layout() {
    return layout;
  }

  public long bytes() {
    return records.bytes();
  }

  /** Frees the codes. The caller makes sure that nobody reads any more. */
  public void free() {
    records.free();
  }

  /** The memory of the codes, to be freed by the caller when nobody reads this store any more. */
  public Block[] blocks() {
    return records.chunks();
  }

  /** Where codes are made from. */
  public record Source(RowDirectory rows, Scorer scorer, CodeEncoder encoder) {}
}
