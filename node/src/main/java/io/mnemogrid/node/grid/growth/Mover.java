package io.mnemogrid.node.grid.growth;

import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.Transitions;
import io.mnemogrid.node.grid.shard.Entry;
import io.mnemogrid.node.grid.shard.Fill;
import io.mnemogrid.node.grid.shard.MemoryRecord;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.grid.shard.ShardMove;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.thread.Timer;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.memory.NamespaceCatalog;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Moves namespaces from one model to another while they are used.
 *
 * <p>The new space is filled beside the old one, in which questions are asked until no memory is
 * missing in the new one; so at no time are scores of two models compared. Every owner embeds the
 * memories of its own shards, a few at a time, so it goes on wherever a partition goes. The owner
 * of the first shard then has the questions asked in the new space, and, when every member knows
 * that, has the old one dropped. All of it is in the registry, and nothing in this object is needed
 * to go on: another member can begin where this one ended.
 */
public final class Mover implements AutoCloseable {
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** So few that a store waits no longer than for another store. */
  private static final int TEXTS_AT_ONCE = 8;

  /** Found in one look through a shard. */
  private static final int MOST_AHEAD = 1_024;

  private final GridService service;
  private final MemoryGrid memories;
  private final SpaceVectors vectors;
  private final Transitions transitions;
  private final Timer timer = new Timer("mnemogrid-mover");

  public Mover(
      GridService service, MemoryGrid memories, NamespaceCatalog namespaces, SpaceVectors vectors) {
    this.service = service;
    this.memories = memories;
    this.vectors = vectors;
    this.transitions = new Transitions(service, namespaces);
  }

  public void start() {
    timer.every(BEAT, this::beat);
  }

  private void beat() {
    for (Namespace namespace : service.registry().namespaces()) {
      boolean goesOn =
          !namespace.isChangingModel()
              || !service.registry().isLeased()
              || transitions.attempt(namespace, this::move);
      if (!goesOn) {
        return;
      }
    }
  }

  private void move(Namespace namespace) throws InterruptedException, ExecutionException {
    Space filling = namespace.filling();
    if (filling == null) {
      if (transitions.leads(namespace)) {
        // What every member has applied tells that each has applied all before it, the switch too.
        Namespace known = transitions.change(namespace, Namespace::again).orElse(null);
        if (known != null) {
          transitions.change(known, Namespace::arrived);
        }
      }
      return;
    }
    for (int shard = 0; shard < namespace.shards(); shard++) {
      fill(namespace, filling, shard);
    }
    if (transitions.leads(namespace) && isFilled(namespace, filling)) {
      transitions.change(namespace, Namespace::switched);
    }
  }

  /** Brings what is missing, as long as this member owns it. */
  private void fill(Namespace namespace, Space filling, int shard)
      throws InterruptedException, ExecutionException {
    ShardSpec from = ShardSpec.of(namespace, shard);
    ShardSpec into = ShardSpec.of(namespace, filling, shard);
    int partition = transitions.partition(from);
    while (service.admission().answersFor(partition)
        && namespace.spaces().equals(vectors.now(namespace).spaces())) {
      Shard present = service.container(partition).shard(from.key());
      if (present == null) {
        return;
      }
      ShardMove move = new ShardMove(present, service.container(partition).shard(into.key()));
      List<Entry> missing = move.missing(service.unixSeconds(), MOST_AHEAD);
      for (int at = 0; at < missing.size(); at += TEXTS_AT_ONCE) {
        List<Entry> some = missing.subList(at, Math.min(missing.size(), at + TEXTS_AT_ONCE));
        List<Fill> fills =
            filling.hasVectorsOf(namespace.space())
                ? carried(present, some)
                : embedded(filling, some);
        FillOperation operation = new FillOperation(from, into, fills);
        if (invoke(operation, from) == FillOperation.NOT_NOW) {
          return;
        }
      }
      if (missing.isEmpty()) {
        return;
      }
    }
  }

  /** With the vectors there are: the namespace turned back to the model that it has. */
  private List<Fill> carried(Shard present, List<Entry> entries) {
    List<Fill> fills = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      MemoryRecord record = entry.record();
      present
          .vector(record.id(), service.unixSeconds())
          .ifPresent(vector -> fills.add(new Fill(record.id(), record.stamp(), vector)));
    }
    return fills;
  }

  private List<Fill> embedded(Space filling, List<Entry> entries)
      throws InterruptedException, ExecutionException {
    List<String> texts = entries.stream().map(entry -> entry.record().content()).toList();
    List<float[]> embedded = Transitions.await(vectors.embed(filling, texts));
    List<Fill> fills = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      fills.add(
          new Fill(entries.get(i).record().id(), entries.get(i).record().stamp(), embedded.get(i)));
    }
    return fills;
  }

  /**
   * Whether no memory is missing, and none can be any more: each owner says so with its shard of
   * the new space made, and its backups brought to the same state.
   */
  private boolean isFilled(Namespace namespace, Space filling)
      throws InterruptedException, ExecutionException {
    MemoryGrid.Progress progress = Transitions.await(memories.progress(namespace));
    if (progress.moved() < progress.total()) {
      return false;
    }
    for (int shard = 0; shard < namespace.shards(); shard++) {
      ShardSpec from = ShardSpec.of(namespace, shard);
      FillOperation question =
          new FillOperation(from, ShardSpec.of(namespace, filling, shard), List.of());
      if (invoke(question, from) != 0) {
        return false;
      }
    }
    return true;
  }

  private int invoke(FillOperation operation, ShardSpec part)
      throws InterruptedException, ExecutionException {
    return Transitions.await(transitions.<Integer>invoke(operation, part));
  }

  @Override
  public void close() {
    timer.close();
  }
}
