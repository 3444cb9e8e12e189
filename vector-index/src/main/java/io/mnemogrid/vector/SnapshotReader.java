package io.mnemogrid.vector;

import io.mnemogrid.vector.hnsw.GraphImage;
import io.mnemogrid.vector.hnsw.HnswGraph;
import io.mnemogrid.vector.memory.MemoryLimitException;
import io.mnemogrid.vector.memory.Region;
import io.mnemogrid.vector.rows.Query;
import io.mnemogrid.vector.rows.SlotSet;
import io.mnemogrid.vector.snapshot.DamagedImageException;
import io.mnemogrid.vector.snapshot.ImageHeader;
import io.mnemogrid.vector.snapshot.ImageReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes an index from an image, which may come in chunks cut anywhere. Slots keep their numbers and
 * nothing is inserted anew. One thread at a time. To be closed: an image not finished is given up.
 */
public final class SnapshotReader implements AutoCloseable {
  private final VectorMemory memory;
  private final ImageReader image = new ImageReader(this::makeRoomFor);
  private @Nullable VectorIndex index;
  private @Nullable HnswGraph graph;
  private boolean done;

  public SnapshotReader(VectorMemory memory) {
    this.memory = memory;
  }

  /**
   * Takes the next bytes of the image; copied.
   *
   * @throws SnapshotException if they cannot be; the reader has then freed everything
   * @throws VectorMemoryExhausted if the index does not fit under the limit; likewise
   */
  public void accept(byte[] chunk) {
    requireNotDone();
    try {
      image.accept(chunk);
    } catch (DamagedImageException e) {
      close();
      throw new SnapshotException(String.valueOf(e.getMessage()));
    } catch (MemoryLimitException e) {
      close();
      throw new VectorMemoryExhausted(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Says that there are no more bytes.
   *
   * @return the index, which is the caller's
   * @throws SnapshotException if the image is truncated or damaged; the reader has then freed
   *     everything
   */
  public VectorIndex finish() {
    requireNotDone();
    try {
      image.finish();
    } catch (DamagedImageException e) {
      close();
      throw new SnapshotException(String.valueOf(e.getMessage()));
    }
    ImageHeader header = image.header();
    SlotSet live = image.live();
    SlotSet linked = image.linked();
    VectorIndex finished = index;
    HnswGraph itsGraph = graph;
    if (finished == null || !fits(header, itsGraph, live, linked)) {
      close();
      throw new SnapshotException("the graph's records are not those of a graph");
    }
    if (!hasRows(finished, live) || !hasRows(finished, linked.minus(live))) {
      close();
      throw new SnapshotException("a row is not that of a vector");
    }
    finished.restore(header.slots(), live, itsGraph, linked);
    graph = null;
    index = null;
    done = true;
    return finished;
  }

  /** Gives up an image that was not finished; otherwise does nothing. */
  @Override
  public void close() {
    done = true;
    if (graph != null) {
      for (var block : graph.release()) {
        memory.allocator().free(block);
      }
      graph = null;
    }
    if (index != null) {
      index.close();
      index = null;
    }
  }

  private static boolean fits(
      ImageHeader header, @Nullable HnswGraph graph, SlotSet live, SlotSet linked) {
    var extent =
        new GraphImage.Extent(header.groundRecords(), header.upperRecords(), header.entry());
    return graph == null ? linked.size() == 0 : GraphImage.adopt(graph, live, linked, extent);
  }

  private List<Region> makeRoomFor(ImageHeader header) {
    VectorIndex reserved = new VectorIndex(optionsOf(header), memory);
    index = reserved;
    List<Region> regions = new ArrayList<>(reserved.makeRoomForAll(header.slots()));
    if (header.groundRecords() > 0) {
      int ground = header.groundRecords();
      int upper = header.upperRecords();
      HnswGraph itsGraph = GraphImage.reserve(header.m(), memory.allocator(), ground, upper);
      graph = itsGraph;
      regions.addAll(GraphImage.regions(itsGraph, ground, upper));
    }
    return regions;
  }

  private static IndexOptions optionsOf(ImageHeader header) {
    try {
      if (header.slots() < 0
          || header.upperRecords() < 0
          || header.groundRecords() < 0
          || header.groundRecords() > header.slots()) {
        throw new IllegalArgumentException("counts are out of range");
      }
      return new IndexOptions(
          header.dimension(),
          byCode(Similarity.values(), Similarity::code, header.similarity()),
          byCode(RowFormat.values(), RowFormat::code, header.rowFormat()),
          new IndexOptions.Tiers(
              byCode(Codes.values(), Codes::code, header.codes()),
              header.codesAbove(),
              header.graphAbove()),
          header.m(),
          header.efConstruction(),
          header.seed());
    } catch (IllegalArgumentException e) {
      throw new DamagedImageException("the header is not one of an index: " + e.getMessage());
    }
  }

  private static <E> E byCode(E[] values, ToIntFunction<E> codeOf, int code) {
    for (E value : values) {
      if (codeOf.applyAsInt(value) == code) {
        return value;
      }
    }
    throw new IllegalArgumentException("unknown code " + code);
  }

  private void requireNotDone() {
    if (done) {
      throw new IllegalStateException("the image was finished or given up");
    }
  }

  /** Whether all of {@code held} have rows that can be scored. */
  private static boolean hasRows(VectorIndex index, SlotSet held) {
    var query = new Query();
    return Arrays.stream(held.toArray())
        .allMatch(slot -> index.scorer().isVector(index.directory().address(slot), query));
  }
}
