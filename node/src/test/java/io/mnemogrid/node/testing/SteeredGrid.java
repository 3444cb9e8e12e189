package io.mnemogrid.node.testing;

import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.WriteGuard;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Recalled;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A grid whose searches end when and how a test says; all else is as in the grid behind it. */
public final class SteeredGrid implements MemoryGrid {
  private final MemoryGrid behind;
  private volatile Function<RecallQuery, CompletionStage<Recalled>> recall;

  private volatile UnaryOperator<CompletionStage<List<Memory>>> said = UnaryOperator.identity();

  public SteeredGrid(MemoryGrid behind) {
    this.behind = behind;
    this.recall = behind::recall;
  }

  /** What becomes of the answer when memories are looked for that say what a content says. */
  public void onSaid(UnaryOperator<CompletionStage<List<Memory>>> between) {
    said = between;
  }

  public void onRecall(Function<RecallQuery, CompletionStage<Recalled>> answer) {
    recall = answer;
  }

  @Override
  public CompletionStage<Recalled> recall(RecallQuery query) {
    return recall.apply(query);
  }

  @Override
  public CompletionStage<Stored> write(
      Namespace namespace, List<MemoryWrite> writes, WriteGuard guard) {
    return behind.write(namespace, writes, guard);
  }

  @Override
  public CompletionStage<Optional<Memory>> get(Namespace namespace, String id) {
    return behind.get(namespace, id);
  }

  @Override
  public CompletionStage<Integer> forget(
      Namespace namespace, List<String> ids, Precondition precondition) {
    return behind.forget(namespace, ids, precondition);
  }

  @Override
  public CompletionStage<Integer> forget(Namespace namespace, MemoryFilter filter) {
    return behind.forget(namespace, filter);
  }

  @Override
  public CompletionStage<Selection> select(Namespace namespace, MemoryFilter filter, int limit) {
    return behind.select(namespace, filter, limit);
  }

  @Override
  public CompletionStage<List<Memory>> saying(Namespace namespace, Saying what) {
    return said.apply(behind.saying(namespace, what));
  }

  @Override
  public CompletionStage<Long> count(Namespace namespace) {
    return behind.count(namespace);
  }

  @Override
  public CompletionStage<Progress> progress(Namespace namespace) {
    return behind.progress(namespace);
  }

  @Override
  public CompletionStage<List<String>> locate(String id, List<Namespace> among) {
    return behind.locate(id, among);
  }
}
