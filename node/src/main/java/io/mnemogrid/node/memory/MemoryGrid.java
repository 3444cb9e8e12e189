package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The memories of every namespace, wherever in the cluster they live. Stages fail with a {@link
 * io.mnemogrid.node.model.Refusal} or, for a bug, with anything else; they complete on any thread.
 */
public interface MemoryGrid {
  /**
   * Writes memories; each is on its owner and backup when the stage completes.
   *
   * @param guard its precondition is for a write of one memory
   * @return the memories as they stand after the write, in the order of {@code writes}; empty where
   *     one must exist and does not, or is not, or no longer, as a write on one version alone left
   *     it; fails with {@link io.mnemogrid.node.model.Refusal.PreconditionFailed}, or with {@link
   *     io.mnemogrid.node.model.Refusal.RequestMixedUp} where the mark was on another write before
   */
  CompletionStage<Stored> write(Namespace namespace, List<MemoryWrite> writes, WriteGuard guard);

  /** Writes memories, whatever is there; answers them as they stand afterwards. */
  default CompletionStage<List<Optional<Memory>>> write(
      Namespace namespace, List<MemoryWrite> writes) {
    return write(namespace, writes, WriteGuard.NONE).thenApply(Stored::memories);
  }

  /**
   * The memory of this id.
   *
   * @return empty when there is none; fails with {@link
   *     io.mnemogrid.node.model.Refusal.Unavailable} where there may have been one that was lost
   */
  CompletionStage<Optional<Memory>> get(Namespace namespace, String id);

  /**
   * Removes the named ones; answers how many were there.
   *
   * @param precondition of the memory, where one is named
   */
  CompletionStage<Integer> forget(Namespace namespace, List<String> ids, Precondition precondition);

  /** Removes the named ones, whatever they are; answers how many were there. */
  default CompletionStage<Integer> forget(Namespace namespace, List<String> ids) {
    return forget(namespace, ids, Precondition.NONE);
  }

  /** Removes all that pass the filter; answers how many were there. */
  CompletionStage<Integer> forget(Namespace namespace, MemoryFilter filter);

  /** Newest first, at most {@code limit}. */
  CompletionStage<Selection> select(Namespace namespace, MemoryFilter filter, int limit);

  CompletionStage<Recalled> recall(RecallQuery query);

  /** Memories that say what a content says, in no order; a bounded number of each member's. */
  CompletionStage<List<Memory>> saying(Namespace namespace, Saying what);

  /**
   * What memories are to say.
   *
   * @param content that theirs equals but for words that carry no meaning
   * @param vector of the content, {@code float[dimension]}
   * @param leastSimilarity of their vectors to it
   * @param beside what else is to be so of them
   */
  record Saying(String content, float[] vector, float leastSimilarity, MemoryFilter beside) {}

  /** How many memories the namespace holds. */
  CompletionStage<Long> count(Namespace namespace);

  /** How far the namespace is on its way to another model, or to more shards. */
  CompletionStage<Progress> progress(Namespace namespace);

  /**
   * How far a namespace is on its way.
   *
   * @param moved how many of all are in the space that it moves to
   * @param complete whether no memories of the namespace may have been lost
   */
  record Progress(long total, long moved, boolean complete) {}

  /**
   * Names of those of the namespaces that hold a memory of this id; no other is asked.
   *
   * @return fails as {@link #get} where none does
   */
  CompletionStage<List<String>> locate(String id, List<Namespace> among);

  /**
   * What a selection found.
   *
   * @param memories at most as many as were asked for
   * @param filtered how many passed the filter
   * @param total how many the namespace holds
   * @param missing numbers of the shards of which memories may have been lost, in order
   */
  record Selection(List<Memory> memories, int filtered, int total, List<Integer> missing) {
    static final Selection NOTHING = new Selection(List.of(), 0, 0, List.of());

    /** Whether no memories of the namespace may have been lost. */
    public boolean complete() {
      return missing.isEmpty();
    }
  }

  /**
   * Memories as they stand after a write, or as they stood after the first one where it was sent
   * again.
   *
   * @param memories in the order of the writes; empty where one must exist and does not
   * @param embeddingMs as the guard of the write that was made says
   */
  record Stored(List<Optional<Memory>> memories, int embeddingMs) {}
}
