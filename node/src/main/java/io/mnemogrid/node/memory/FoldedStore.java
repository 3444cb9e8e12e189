package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.recall.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One store of memories, of which those that only repeat what is there, or what stands before in
 * the same store, are folded into that. What is repeated is written anew under its id, so that it
 * is as new as the repeat: "green", "red", "green" leaves "green" as what was said last.
 *
 * <p>On one node, stores of one statement come one after another: two that begin together would
 * each find nothing to repeat. Through two nodes they may do so.
 *
 * <p>A repeat is written only as the version that was found. Where another write came between, or
 * the memory was forgotten, there may be something else to repeat or nothing, and it is looked for
 * again.
 */
final class FoldedStore {
  /** So often a repeat is looked for; then others write it all the time, and it is stored. */
  private static final int ATTEMPTS = 8;

  private final MemoryGrid grid;
  private final Repeats repeats;
  private final Namespace namespace;
  private final List<NewMemory> memories;
  private final List<MemoryWrite> drafts;
  private final List<float[]> vectors;
  private final Map<Integer, Memory> stored = new LinkedHashMap<>();
  private final Set<Integer> folded = new TreeSet<>();

  /**
   * @param drafts of a store of each of the memories
   * @param vectors one a memory
   */
  FoldedStore(
      MemoryGrid grid,
      Namespace namespace,
      List<NewMemory> memories,
      List<MemoryWrite> drafts,
      List<float[]> vectors) {
    this.grid = grid;
    this.repeats = new Repeats(grid, namespace);
    this.namespace = namespace;
    this.memories = memories;
    this.drafts = drafts;
    this.vectors = vectors;
  }

  /**
   * The memories as they stand.
   *
   * @param repeats places of those that were folded
   */
  record Folded(List<Memory> memories, Set<Integer> repeats) {}

  /** Memories of this store that are one, and what they repeat. */
  private record Target(List<List<Integer>> groups, @Nullable Memory present) {
    List<Integer> places() {
      return groups.stream().flatMap(List::stream).sorted().toList();
    }

    int last() {
      return places().getLast();
    }
  }

  /** What no two stores may look for at once, as neither would see what the other writes. */
  record Said(long namespaceUid, Statement statement) {}

  /**
   * @param turns of all the stores of this node
   */
  CompletionStage<Folded> run(Turns<Said> turns) {
    return turns
        .inTurn(said(), () -> attempt(Repeats.alike(memories), ATTEMPTS))
        .thenApply(done -> {
          List<Memory> all = new ArrayList<>(memories.size());
          for (int i = 0; i < memories.size(); i++) {
            all.add(stored.get(i));
          }
          return new Folded(all, folded);
        })
        .exceptionallyCompose(
            failure -> CompletableFuture.failedStage(stored.isEmpty() ? failure : partly()));
  }

  private Set<Said> said() {
    return memories.stream()
        .filter(memory -> memory.id() == null)
        .map(memory -> Statement.of(memory.content(), namespace.language()))
        .map(statement -> new Said(namespace.uid(), statement))
        .collect(Collectors.toUnmodifiableSet());
  }

  private CompletionStage<Void> attempt(List<List<Integer>> groups, int attempts) {
    return present(groups, attempts > 0)
        .thenCompose(present -> {
          List<Target> targets = targets(groups, present);
          return grid.write(namespace, targets.stream().map(this::write).toList())
              .thenCompose(results -> {
                List<List<Integer>> missed = settle(targets, results);
                return missed.isEmpty()
                    ? CompletableFuture.<@Nullable Void>completedStage(null)
                    : attempt(missed, attempts - 1);
              });
        });
  }

  /** For each group the memory that it repeats. */
  private CompletionStage<List<Optional<Memory>>> present(
      List<List<Integer>> groups, boolean asked) {
    CompletionStage<List<Optional<Memory>>> all =
        CompletableFuture.completedStage(new ArrayList<>());
    for (List<Integer> group : groups) {
      int place = group.getLast();
      all =
          all.thenCompose(before -> {
            CompletionStage<Optional<Memory>> one =
                asked
                    ? repeats.find(memories.get(place), vectors.get(place))
                    : CompletableFuture.completedStage(Optional.empty());
            return one.thenApply(found -> {
              before.add(found);
              return before;
            });
          });
    }
    return all;
  }

  /** In the order in which they were said last. */
  private static List<Target> targets(List<List<Integer>> groups, List<Optional<Memory>> present) {
    Map<Object, Target> targets = new LinkedHashMap<>();
    for (int i = 0; i < groups.size(); i++) {
      Memory memory = present.get(i).orElse(null);
      Object key = memory == null ? Integer.valueOf(i) : memory.id();
      targets
          .computeIfAbsent(key, any -> new Target(new ArrayList<>(), memory))
          .groups()
          .add(groups.get(i));
    }
    return targets.values().stream().sorted(Comparator.comparingInt(Target::last)).toList();
  }

  private MemoryWrite write(Target target) {
    MemoryWrite draft = drafts.get(target.last());
    Memory present = target.present();
    List<@Nullable Long> ends = new ArrayList<>();
    target.places().forEach(place -> ends.add(drafts.get(place).expiresAt()));
    if (present == null) {
      return draft.expiringAt(Repeats.latestEnd(ends));
    }
    ends.add(present.expiresAt());
    return MemoryWrite.again(
        present.id(),
        present.provenance().version(),
        Repeats.latestEnd(ends),
        MemoryWrite.Author.of(present), // whoever repeats it has not said it
        draft.writtenAtMicros());
  }

  /** Takes in what was written; answers the groups whose memory was another by then. */
  private List<List<Integer>> settle(List<Target> targets, List<Optional<Memory>> results) {
    List<List<Integer>> missed = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      Memory result = results.get(i).orElse(null);
      if (result == null) {
        missed.addAll(target.groups());
        continue;
      }
      List<Integer> places = target.places();
      places.forEach(place -> stored.put(place, result));
      folded.addAll(target.present() == null ? places.subList(1, places.size()) : places);
    }
    return missed;
  }

  private static Refusal partly() {
    return new Refusal.Unavailable(
        "some of the batch was written and some was not: send it again",
        Duration.ofSeconds(1),
        true);
  }
}
