package io.mnemogrid.vector;

import io.mnemogrid.vector.codes.CodeStore;
import io.mnemogrid.vector.hnsw.HnswGraph;
import io.mnemogrid.vector.memory.Region;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.Scorer;
import io.mnemogrid.vector.rows.SlotSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vectors outside the heap, and the search for those nearest to a query.
 *
 * <p>Threads: one writer calls {@link #insert}, {@link #replace}, {@link #delete} and {@link
 * #close}; any other, one step at a time, calls {@link #maintain}; any number open {@link Reader}s
 * and search. All of them at once, and a search takes no lock.
 *
 * <p>A vector is found by every search that begins after its insert has returned. It stands in the
 * <em>tail</em> first, which each search scans; {@code maintain} moves it into the graph. An empty
 * index has no memory outside the heap.
 */
public final class VectorIndex implements AutoCloseable {
  private final VectorMemory memory;
  private final IndexParts parts;
  private final StoredVectors vectors;
  private final GraphUpkeep graph;

  public VectorIndex(IndexOptions options, VectorMemory memory) {
    this.memory = memory;
    this.parts = IndexParts.of(options, memory.allocator());
    this.vectors = new StoredVectors(parts, memory);
    this.graph = new GraphUpkeep(this, parts, memory);
  }

  /**
   * Adds a vector. Writer thread.
   *
   * @param vector {@link #dimension} finite elements; copied
   * @return its slot, a small number that may have belonged to a vector deleted before
   * @throws VectorMemoryExhausted if the memory's limit would be passed
   * @throws DimensionMismatchException if the vector has another number of elements
   * @throws InvalidVectorException if it holds NaN or infinity, is zero under cosine, or so long
   *     that a score would be no number
   * @throws IndexClosedException if the index is closed
   */
  public int insert(float[] vector) {
    int slot = write(vector);
    parts.slots().add(slot);
    vectors.settleCodes(graph.tier() != null);
    return slot;
  }

  /**
   * Puts a new vector in the place of the one in {@code slot}. Every concurrent search sees one of
   * the two. Writer thread; refuses as {@link #insert} does.
   *
   * @return the slot of the new vector, never {@code slot}
   * @throws IllegalArgumentException if there is no vector in {@code slot}
   */
  public int replace(int slot, float[] vector) {
    requireLive(slot);
    int added = write(vector);
    parts.slots().addAndRemove(added, slot);
    vectors.settleCodes(graph.tier() != null);
    return added;
  }

  /**
   * Removes the vector in {@code slot} from every search that begins afterwards. Writer thread.
   *
   * @throws IllegalArgumentException if there is none
   */
  public void delete(int slot) {
    requireNotClosed();
    requireLive(slot);
    parts.slots().remove(slot);
    vectors.settleCodes(graph.tier() != null);
  }

  /**
   * Moves the vector in {@code slot} to the lowest slot there is, so that {@link #trim} finds more.
   * Every concurrent search sees it in one of the two. Writer thread.
   *
   * @return its slot now: {@code slot} if no lower one is free
   * @throws IllegalArgumentException if there is no vector in {@code slot}
   */
  public int moveDown(int slot) {
    requireNotClosed();
    requireLive(slot);
    return vectors.moveDown(slot);
  }

  /** One more than the highest slot that holds a vector. Any thread. */
  public int slotEnd() {
    return parts.slots().live().end();
  }

  /**
   * Whether more slots are empty than hold vectors, so that moving vectors down and {@link #trim}
   * would give back half of the memory at least. Any thread.
   */
  public boolean isSparse() {
    return vectors.isSparse();
  }

  /**
   * Gives back memory behind the highest slot that anybody may see, and room for vectors to come
   * beyond the usual. Writer thread. What readers stand in the way of, and the graph's part while a
   * snapshot is being taken, is left to a later call.
   */
  public void trim() {
    requireNotClosed();
    graph.trim(vectors.trim());
    parts.retired().reclaim();
  }

  /**
   * A copy of the vector in {@code slot}, as far as its format and similarity preserve it: of
   * length one under cosine. Writer thread; others ask a {@link Reader}.
   *
   * @throws IllegalArgumentException if there is no vector in {@code slot}
   */
  public float[] vector(int slot) {
    requireNotClosed();
    requireLive(slot);
    return decoded(slot);
  }

  private float[] decoded(int slot) {
    float[] vector = new float[options().dimension()];
    parts.scorer().decode(parts.rows().directory().address(slot), vector);
    return vector;
  }

  public int size() {
    return parts.slots().live().size();
  }

  public int dimension() {
    return options().dimension();
  }

  public IndexOptions options() {
    return parts.options();
  }

  /**
   * Vectors not yet in the graph, and deleted ones still in it: what {@link #maintain} has to do. 0
   * for an index too small for a graph. Any thread.
   */
  public int pending() {
    return graph.pending();
  }

  /**
   * Moves vectors into the graph and takes deleted ones out. Maintenance thread. Returns early
   * while a snapshot is being taken.
   *
   * @param maxOperations a bound on the work of this call; one operation is the linking of a vector
   *     or something of that order
   * @return operations done; 0 if there is nothing to do now, or nothing that open readers do not
   *     still stand in the way of
   * @throws VectorMemoryExhausted if the graph could not grow; the vector stays in the tail
   */
  public int maintain(int maxOperations) {
    return graph.maintain(maxOperations);
  }

  /**
   * Moves all vectors that wait into the graph, with several threads, and takes deleted ones out.
   * Maintenance thread; much faster than {@link #maintain} where there are processors to spare.
   * Returns early as it does.
   *
   * @param threads at least 1
   * @throws VectorMemoryExhausted if the graph could not grow; some vectors stay in the tail
   */
  public void buildGraph(int threads) {
    graph.build(threads);
  }

  /** Gives a ticket of the gate back; the last one frees an index that is closed. */
  void leave(int ticket) {
    if (parts.gate().leave(ticket)) {
      free();
    }
  }

  /** Bytes of the blocks that this index holds. */
  public long offHeapBytes() {
    return memory().totalBytes();
  }

  public MemoryReport memory() {
    return new MemoryReport(
        parts.rows().bytes(), vectors.codeBytes(), graph.bytes(), parts.retired().bytes());
  }

  /**
   * Lets the calling thread search. Until the reader is closed no slot that was live when it was
   * opened is given to another vector, so slots can be mapped to the caller's own records. Any
   * thread.
   *
   * @throws IndexClosedException if the index is closed
   * @throws IllegalStateException if 65,535 readers are open
   */
  public Reader openReader() {
    int ticket = parts.gate().enter();
    if (ticket < 0) {
      throw new IndexClosedException();
    }
    return new Reader(ticket);
  }

  /**
   * Refuses further calls and frees the memory, at once or when the last open reader is closed.
   * Later calls do nothing. Writer thread.
   */
  @Override
  public void close() {
    if (parts.gate().close()) {
      free();
    }
  }

  SlotSet live() {
    return parts.slots().live();
  }

  @Nullable GraphTier tier() {
    return graph.tier();
  }

  /** The codes of all live slots, if there are any. */
  @Nullable CodeStore codes() {
    return vectors.codes();
  }

  RowDirectory directory() {
    return parts.rows().directory();
  }

  Scorer scorer() {
    return parts.scorer();
  }

  /**
   * An image of the index as it is now. Writer thread; it may go on changing the index while the
   * image is read, but {@link #maintain} rests until the snapshot is closed.
   *
   * @throws IndexClosedException if the index is closed
   */
  public SnapshotWriter snapshot() {
    int ticket = parts.gate().enter();
    if (ticket < 0) {
      throw new IndexClosedException();
    }
    graph.hold();
    SnapshotWriter begun = null;
    try {
      begun = SnapshotWriter.of(this, parts.slots().slots(), () -> endSnapshot(ticket));
      return begun;
    } finally {
      if (begun == null) {
        endSnapshot(ticket);
      }
    }
  }

  private void endSnapshot(int ticket) {
    graph.release();
    leave(ticket);
  }

  /** Takes over what an image held; the rows are in place. */
  void restore(int slotCount, SlotSet live, @Nullable HnswGraph read, SlotSet linked) {
    parts.slots().restore(slotCount, live, linked);
    if (read != null) {
      graph.restore(read, linked);
    }
    vectors.settleCodes(graph.tier() != null);
  }

  List<Region> makeRoomForAll(int slotCount) {
    parts.rows().makeRoomForAll(slotCount);
    return parts.rows().directory().regions(slotCount);
  }

  private int write(float[] vector) {
    requireNotClosed();
    return vectors.write(vector, factorOf(vector));
  }

  /** What {@code vector} is to be multiplied with to be kept or searched for. */
  private float factorOf(float[] vector) {
    if (vector.length != options().dimension()) {
      throw new DimensionMismatchException(options().dimension(), vector.length);
    }
    return Normal.factor(vector, options().similarity());
  }

  /** Whether one search can go through both. */
  boolean isAlike(VectorIndex other) {
    return scorer().layout().equals(other.scorer().layout())
        && options().similarity() == other.options().similarity();
  }

  Search beginSearch(float[] query) {
    float factor = factorOf(query);
    Search search = memory.searches().take();
    search.begin(query, factor, parts.scorer());
    return search;
  }

  void endSearch(Search search) {
    search.forget();
    memory.searches().giveBack(search);
  }

  private void requireNotClosed() {
    if (parts.gate().isClosed()) {
      throw new IndexClosedException();
    }
  }

  private void requireLive(int slot) {
    if (slot < 0 || !parts.slots().live().contains(slot)) {
      throw new IllegalArgumentException("slot %d holds no vector".formatted(slot));
    }
  }

  private void free() {
    graph.drop();
    parts.retired().freeAll();
    vectors.free();
  }

  /** The right to search an index. One thread at a time; cheap enough to open for each search. */
  public final class Reader implements AutoCloseable {
    private final int ticket;
    private boolean closed;

    private Reader(int ticket) {
      this.ticket = ticket;
    }

    /**
     * Finds the vectors nearest to {@code query}, best first: all of the tail is looked at, the
     * graph is walked. Allocates nothing but the hits.
     *
     * @throws DimensionMismatchException if the query has another number of elements
     * @throws InvalidVectorException if it is one that {@link VectorIndex#insert} refuses
     * @throws IllegalStateException if this is closed
     */
    public Hits search(float[] query, SearchParameters parameters) {
      var hits = new Hits();
      search(query, parameters, hits);
      return hits;
    }

    /** As {@link #search(float[], SearchParameters)}, over what was in {@code into}. */
    public void search(float[] query, SearchParameters parameters, Hits into) {
      requireOpen();
      Search search = beginSearch(query);
      search.run(VectorIndex.this, parameters, into);
      endSearch(search);
    }

    /**
     * The scores that a search with {@code query} would give slots, which were live when this was
     * opened or later, and need not be any more; of others a score is any number.
     */
    public float[] scores(float[] query, int... slots) {
      for (int slot : slots) {
        requireHeld(slot);
      }
      Search search = beginSearch(query);
      float[] scores = new float[slots.length];
      for (int i = 0; i < slots.length; i++) {
        scores[i] = search.score(parts.rows().directory().address(slots[i]));
      }
      endSearch(search);
      return scores;
    }

    /**
     * As {@link VectorIndex#vector}, of a slot that was live when this was opened or later, and
     * need not be any more.
     */
    public float[] vector(int slot) {
      requireHeld(slot);
      return decoded(slot);
    }

    private void requireHeld(int slot) {
      requireOpen();
      if (slot < 0 || !parts.rows().directory().holds(slot)) {
        throw new IllegalArgumentException("slot %d holds no vector".formatted(slot));
      }
    }

    VectorIndex index() {
      return VectorIndex.this;
    }

    void requireOpen() {
      if (closed) {
        throw new IllegalStateException("reader is closed");
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        leave(ticket);
      }
    }
  }
}
