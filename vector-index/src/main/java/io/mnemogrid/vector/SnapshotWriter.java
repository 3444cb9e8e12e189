package io.mnemogrid.vector;

import io.mnemogrid.vector.hnsw.GraphImage;
import io.mnemogrid.vector.memory.Region;
import io.mnemogrid.vector.rows.SlotSet;
import io.mnemogrid.vector.snapshot.ImageHeader;
import io.mnemogrid.vector.snapshot.ImageWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The image of an index at one moment, to be read in chunks, at the speed of copying. One thread at
 * a time. To be closed: until then maintenance of the index rests and deleted slots are not reused.
 */
public final class SnapshotWriter implements AutoCloseable {
  private final ImageWriter image;
  private final Runnable onClose;
  private boolean closed;

  private SnapshotWriter(ImageWriter image, Runnable onClose) {
    this.image = image;
    this.onClose = onClose;
  }

  static SnapshotWriter of(VectorIndex index, int slots, Runnable onClose) {
    SlotSet live = index.live();
    GraphTier tier = index.tier();
    SlotSet linked = tier == null ? SlotSet.EMPTY : tier.linked();
    int ground = tier == null ? 0 : GraphImage.groundRecords(tier.graph(), slots);
    int upper = tier == null ? 0 : GraphImage.upperRecords(tier.graph());
    IndexOptions options = index.options();
    var header =
        new ImageHeader(
            options.dimension(),
            options.similarity().code(),
            options.rows().code(),
            options.m(),
            options.efConstruction(),
            options.tiers().codes().code(),
            options.tiers().codesAbove(),
            options.tiers().graphAbove(),
            options.seed(),
            slots,
            live.size(),
            linked.size(),
            ground,
            upper,
            tier == null ? -1 : tier.graph().entry());
    List<Region> regions = new ArrayList<>(index.directory().regions(slots));
    if (tier != null) {
      regions.addAll(GraphImage.regions(tier.graph(), ground, upper));
    }
    return new SnapshotWriter(new ImageWriter(header, live, linked, regions), onClose);
  }

  public boolean hasNext() {
    return image.remainingBytes() > 0;
  }

  /** Bytes not yet handed out; at the beginning the size of the image. */
  public long remainingBytes() {
    return image.remainingBytes();
  }

  /**
   * Reads on.
   *
   * @param maxBytes most bytes wanted, positive
   * @return the next bytes of the image: as many as wanted, fewer only at the end
   */
  public byte[] next(int maxBytes) {
    if (closed) {
      throw new IllegalStateException("snapshot is closed");
    }
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
    }
    return image.next(maxBytes);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }
}
