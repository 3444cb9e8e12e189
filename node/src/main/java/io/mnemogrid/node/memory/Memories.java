package io.mnemogrid.node.memory;

import io.mnemogrid.node.access.Action;
import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Permit;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryId;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.node.model.RecallOptions;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.RequestMark;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Store, recall, read, update and forget: what agents do with memories. */
public final class Memories {
  private final Namespaces namespaces;
  private final MemoryGrid grid;
  private final Vectors vectors;
  private final WriteClock writeClock;
  private final RandomGenerator random;
  private final Turns<FoldedStore.Said> turns = new Turns<>();

  public Memories(
      Namespaces namespaces,
      MemoryGrid grid,
      Embedders embedders,
      InstantSource clock,
      RandomGenerator random) {
    this.namespaces = namespaces;
    this.grid = grid;
    this.vectors = new Vectors(embedders);
    this.writeClock = new WriteClock(clock);
    this.random = random;
  }

  /**
   * The memories as they stand after a write, and how long embedding them took.
   *
   * @param repeats places of those that were there already, or stand before in the same batch, and
   *     were written anew
   */
  public record Written(List<Memory> memories, Set<Integer> repeats, long embeddingMs) {}

  /**
   * What to recall.
   *
   * @param query a question in words, or null when {@code embedding} says it
   * @param embedding the client's own vector, used instead of embedding the query
   * @param weights of the namespaces, in their order; 1 where there is none
   * @param ofAgent whether an agent is asked: one that has stored nothing yet knows nothing, where
   *     a namespace that is not there is an error
   */
  public record RecallRequest(
      @Nullable String query,
      float @Nullable [] embedding,
      List<Float> weights,
      int topK,
      MemoryFilter filter,
      RecallOptions options,
      boolean ofAgent) {}

  /**
   * The answer to a recall, and how long embedding the question took.
   *
   * @param absent those of the namespaces asked that are not there: nothing was ever stored in them
   */
  public record Answer(Recalled recalled, long embeddingMicros, List<String> absent) {}

  /**
   * Stores memories, making the namespace if there is none. An id that is there already is written
   * over and keeps its time of creation.
   *
   * @param guard its precondition is for a store of one memory with an id
   */
  public CompletionStage<Written> store(Permit permit, List<NewMemory> memories, WriteGuard guard) {
    String name = permit.forAction(Action.MEMORY_STORE).namespace();
    long began = System.nanoTime();
    Namespace namespace = namespaces.findOrDraft(name, ownDimension(memories));
    // Before the namespace is made: a store that is refused must leave nothing behind.
    return vectors
        .ofContents(namespace, memories)
        .thenCompose(embedded -> {
          long embeddingMs = msSince(began);
          return namespaces
              .make(namespace)
              .thenCompose(made ->
                  made.uid() == namespace.uid() && made.space().equals(namespace.space())
                      ? write(
                          made,
                          new Embedded(memories, embedded, guard.embeddedIn(embeddingMs)),
                          author(permit.key()))
                      : store(permit, memories, guard));
        });
  }

  /** Memories to be stored, with their vectors. */
  private record Embedded(List<NewMemory> memories, List<float[]> vectors, WriteGuard guard) {}

  private CompletionStage<Written> write(
      Namespace namespace, Embedded embedded, MemoryWrite.Author author) {
    List<MemoryWrite> drafts = drafts(namespace, embedded, author);
    if (!foldsRepeats(namespace, embedded.guard())) {
      return write(namespace, drafts, embedded.guard())
          .thenApply(stored -> new Written(stored.memories(), Set.of(), stored.embeddingMs()));
    }
    return new FoldedStore(grid, namespace, embedded.memories(), drafts, embedded.vectors())
        .run(turns)
        .thenApply(folded ->
            new Written(folded.memories(), folded.repeats(), embedded.guard().embeddingMs()));
  }

  /**
   * A mark says which stores are the same one, and a condition what may be there: what has either
   * is not folded by what it says.
   */
  private static boolean foldsRepeats(Namespace namespace, WriteGuard guard) {
    return namespace.deduplication().onStore()
        && guard.mark() == null
        && guard.precondition().equals(Precondition.NONE);
  }

  /** The dimension of the clients' vectors when each memory brings one, else null. */
  private static @Nullable Integer ownDimension(List<NewMemory> memories) {
    Integer dimension = null;
    for (NewMemory memory : memories) {
      float[] own = memory.embedding();
      if (own == null) {
        return null;
      }
      dimension = dimension == null ? Integer.valueOf(own.length) : dimension;
    }
    return dimension;
  }

  /**
   * Changes a memory.
   *
   * @return it as it stands afterwards; fails with {@link Refusal.NotFound} when there is none
   */
  public CompletionStage<Written> update(
      Permit permit, String id, MemoryPatch patch, WriteGuard guard) {
    Action action =
        patch.verdict().verified() == null ? Action.MEMORY_UPDATE : Action.MEMORY_VERIFY;
    Namespace namespace = namespaces.existing(permit.forAction(action).namespace());
    // Who says by which questions it is found says something new.
    Verdict verdict =
        patch.embedding() == null || action == Action.MEMORY_VERIFY
            ? patch.verdict()
            : patch.verdict().withdrawn();
    long began = System.nanoTime();
    return vectors
        .ofPatch(namespace, patch)
        .thenCompose(vector -> {
          MemoryWrite write =
              MemoryWrite.update(id)
                  .content(patch.content())
                  .type(patch.type())
                  .importance(patch.importance())
                  .tags(patch.tags())
                  .metadata(patch.metadata())
                  .sessionId(patch.sessionId())
                  .validFrom(patch.validFrom())
                  .vector(vector.orElse(null))
                  .verdict(verdict)
                  .by(author(permit.key()), writeClock.nextMicros())
                  .build();
          return write(namespace, List.of(write), guard.embeddedIn(msSince(began)))
              .thenApply(stored -> new Written(stored.memories(), Set.of(), stored.embeddingMs()));
        });
  }

  /**
   * Finds what answers a question, in one namespace or in those of several that are there. Fails
   * with {@link Refusal.NotFound} when none is.
   *
   * @param permits one a namespace
   */
  public CompletionStage<Answer> recall(List<Permit> permits, RecallRequest request) {
    List<String> names =
        permits.stream().map(permit -> permit.forAction(Action.MEMORY_RECALL).namespace()).toList();
    if (request.ofAgent() && namespaces.areMissing(names)) {
      return CompletableFuture.completedStage(new Answer(Recalled.NOTHING, 0, List.of()));
    }
    requireWeights(names.size(), request);
    List<String> absent =
        names.stream().filter(name -> namespaces.areMissing(List.of(name))).toList();
    List<String> there =
        absent.size() == names.size()
            ? names // which says what is wrong
            : names.stream().filter(name -> !absent.contains(name)).toList();
    List<Namespace> where = there.stream().map(namespaces::existing).toList();
    String asker = permits.getFirst().key().id();
    long began = System.nanoTime();
    CompletionStage<List<RecallQuery.Source>> sources = CompletableFuture.completedStage(List.of());
    for (int i = 0; i < where.size(); i++) {
      Namespace namespace = where.get(i);
      float weight =
          request.weights().isEmpty() ? 1 : request.weights().get(names.indexOf(namespace.name()));
      // One after the other: a model's vector for the second namespace is in the cache by then.
      sources =
          sources.thenCompose(before ->
              vectors
                  .ofQuestion(namespace, asker, request)
                  .thenApply(vector ->
                      Stream.concat(
                              before.stream(),
                              Stream.of(
                                  new RecallQuery.Source(
                                      namespace,
                                      weight,
                                      vector.orElse(null),
                                      vectors.unrelated(namespace))))
                          .toList()));
    }
    return sources.thenCompose(all -> {
      long embeddingMicros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
      RecallQuery query =
          new RecallQuery(
              all, request.query(), request.topK(), request.filter(), request.options());
      return grid.recall(query)
          .thenApply(recalled -> new Answer(recalled, embeddingMicros, absent));
    });
  }

  private static void requireWeights(int asked, RecallRequest request) {
    if (!request.weights().isEmpty() && request.weights().size() != asked) {
      throw new Refusal.InvalidRequest(
          "weights",
          "weights has %d numbers for %d namespaces; send one for each, in their order"
              .formatted(request.weights().size(), asked));
    }
  }

  /** Fails with {@link Refusal.NotFound} when there is none. */
  public CompletionStage<Memory> get(Permit permit, String id) {
    Namespace namespace = namespaces.existing(permit.forAction(Action.MEMORY_READ).namespace());
    return require(namespace, id);
  }

  private CompletionStage<Memory> require(Namespace namespace, String id) {
    return grid.get(namespace, id).thenApply(found -> found.orElseThrow(() -> unknown(id)));
  }

  /**
   * Memories that pass the filter, newest first, without any question.
   *
   * @param ofAgent as {@link RecallRequest} has it
   */
  public CompletionStage<MemoryGrid.Selection> select(
      Permit permit, MemoryFilter filter, int limit, boolean ofAgent) {
    String name = permit.forAction(Action.MEMORY_READ).namespace();
    if (ofAgent && namespaces.areMissing(List.of(name))) {
      return CompletableFuture.completedStage(MemoryGrid.Selection.NOTHING);
    }
    Namespace namespace = namespaces.existing(name);
    return grid.select(namespace, filter, limit);
  }

  /**
   * Forgets the named memories; answers how many were there.
   *
   * @param precondition of the memory, where one is named
   */
  public CompletionStage<Integer> forget(
      Permit permit, List<String> ids, Precondition precondition) {
    Namespace namespace = namespaces.existing(permit.forAction(Action.MEMORY_FORGET).namespace());
    return grid.forget(namespace, ids, precondition);
  }

  /** Forgets all that pass the filter; answers how many were there. */
  public CompletionStage<Integer> forget(Permit permit, MemoryFilter filter) {
    Namespace namespace = namespaces.existing(permit.forAction(Action.MEMORY_FORGET).namespace());
    return grid.forget(namespace, filter);
  }

  /**
   * Finds the namespace of a memory that was named by its id alone, among those the key reaches.
   *
   * @return its name; fails with {@link Refusal.NotFound} when the key sees no such memory, and
   *     with {@link Refusal.InvalidRequest} when it sees several
   */
  public CompletionStage<String> locate(ApiKey key, String id) {
    return grid.locate(id, namespaces.reachedBy(key))
        .thenApply(visible -> {
          if (visible.isEmpty()) {
            throw unknown(id);
          }
          if (visible.size() > 1) {
            throw new Refusal.InvalidRequest(
                "agent_id",
                "memories of this id are in the namespaces %s; say which".formatted(visible));
          }
          return visible.getFirst();
        });
  }

  /** All memories of a write, as it left them. */
  private record Stored(List<Memory> memories, int embeddingMs) {}

  private CompletionStage<Stored> write(
      Namespace namespace, List<MemoryWrite> writes, WriteGuard guard) {
    return grid.write(namespace, writes, guard)
        .thenCompose(stored -> {
          List<Memory> memories = stored.memories().stream().flatMap(Optional::stream).toList();
          int absent = stored.memories().indexOf(Optional.<Memory>empty());
          return absent < 0
              ? CompletableFuture.completedStage(new Stored(memories, stored.embeddingMs()))
              : require(namespace, writes.get(absent).id())
                  .thenApply(there -> {
                    throw unknown(there.id()); // it came after the write
                  });
        });
  }

  private String newId(Namespace namespace, @Nullable RequestMark mark) {
    return mark == null ? MemoryId.draw(namespace, random) : MemoryId.draw(namespace, mark, random);
  }

  private List<MemoryWrite> drafts(
      Namespace namespace, Embedded embedded, MemoryWrite.Author author) {
    List<NewMemory> memories = embedded.memories();
    List<MemoryWrite> writes = new ArrayList<>(memories.size());
    for (int i = 0; i < memories.size(); i++) {
      NewMemory memory = memories.get(i);
      String id = memory.id() == null ? newId(namespace, embedded.guard().mark()) : memory.id();
      writes.add(
          MemoryWrite.store(id, memory.content())
              .type(memory.type())
              .importance(memory.initialImportance())
              .tags(memory.tags())
              .metadata(memory.metadata())
              .sessionId(memory.sessionId())
              .expiresAt(memory.expiresAt())
              .validFrom(memory.validFrom())
              .vector(embedded.vectors().get(i))
              .by(author, writeClock.nextMicros())
              .build());
    }
    return writes;
  }

  private static MemoryWrite.Author author(ApiKey key) {
    return new MemoryWrite.Author(key.id(), key.name(), Provenance.Origin.STORED);
  }

  private static Refusal unknown(String id) {
    return new Refusal.NotFound(
        Refusal.NotFound.Kind.MEMORY, id, "there is no memory of this id that the key may see");
  }

  private static long msSince(long nanoTime) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
  }
}
