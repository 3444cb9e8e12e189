package io.mnemogrid.node.grid.growth;

import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.Transitions;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.thread.Timer;
import io.mnemogrid.node.grid.wire.Taken;
import io.mnemogrid.node.memory.NamespaceCatalog;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits namespaces whose shards have grown into twice as many shards, while they are used.
 *
 * <p>A part and what it is split into live in different partitions, so a memory cannot be written
 * to both at once. Instead, questions and writes stay with the old shards while their memories are
 * copied, and what was written meanwhile again, until little is left. Then the namespace is closed:
 * its owners let writes wait, the rest is copied, and what both spaces hold is compared. If it is
 * the same, questions go to the new shards, and once every member asks these, writes do. So at no
 * time can one member answer from shards that miss what another has acknowledged.
 *
 * <p>The owner of the first shard leads. What it remembers only saves copying again what is there:
 * another member goes on when it is lost. A namespace that is found closed is opened again first,
 * so that its writes do not wait for what may take long.
 */
public final class Splitter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Splitter.class);
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** Left to be copied when writes begin to wait for it. */
  private static final int LITTLE = TakeOperation.MOST;

  /** After which the next namespace has its turn. */
  private static final int MOST_AT_A_TIME = 8_192;

  /** After which writes go on, and it is tried again later. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** After which copying some is given up and begun again. */
  private static final Duration LONGEST_COPY = Duration.ofMinutes(1);

  /** After which a namespace that could not be split in time is closed again; twice each time. */
  private static final Duration SHORTEST_REST = Duration.ofSeconds(1);

  /** After which it is tried again to split a namespace that there was no room for. */
  private static final Duration LONGEST_REST = Duration.ofMinutes(10);

  private final GridService service;
  private final Transitions transitions;
  private final Map<ShardSpec, TakeOperation.Mark> marks = new HashMap<>();
  private final Map<Long, Rest> rests = new HashMap<>();
  private final Timer timer = new Timer("mnemogrid-splitter");

  public Splitter(GridService service, NamespaceCatalog namespaces) {
    this.service = service;
    this.transitions = new Transitions(service, namespaces);
  }

  public void start() {
    timer.every(BEAT, this::beat);
  }

  private void beat() {
    boolean more = true;
    while (more && service.registry().isLeased()) {
      more = false;
      List<Namespace> closedFirst = new ArrayList<>(service.registry().namespaces());
      closedFirst.sort(Comparator.comparing(Namespace::closed).reversed());
      for (Namespace namespace : closedFirst) {
        Slice slice = new Slice();
        if (!transitions.attempt(namespace, now -> step(now, slice))) {
          return;
        }
        more |= slice.hasMore;
      }
    }
    forgetOthers();
  }

  /** Some of the copying of one namespace. */
  private static final class Slice {
    private int copied;
    private boolean hasMore;

    void note(Taken taken) {
      copied += taken.copies().size();
      hasMore = taken.hasMore() && copied >= MOST_AT_A_TIME;
    }
  }

  private void step(Namespace namespace, Slice slice)
      throws InterruptedException, ExecutionException {
    if (namespace.beside() == null) {
      if (!namespace.isRestoring() && hasGrown(namespace)) {
        transitions.change(namespace, Namespace::splitting);
      }
    } else if (namespace.isSplitting() && transitions.leads(namespace)) {
      lead(namespace, slice);
    }
  }

  /** Whether a shard that this member owns holds more than it should. */
  private boolean hasGrown(Namespace namespace) {
    int most = service.settings().splitAbove();
    if (most == 0 || !namespace.space().canBeSplit()) {
      return false;
    }
    for (int part = 0; part < namespace.shards(); part++) {
      ShardSpec spec = ShardSpec.of(namespace, part);
      int partition = transitions.partition(spec);
      Shard shard = service.container(partition).shard(spec.key());
      if (shard != null && shard.size() > most && service.admission().answersFor(partition)) {
        return true;
      }
    }
    return false;
  }

  private void lead(Namespace namespace, Slice slice)
      throws InterruptedException, ExecutionException {
    if (namespace.filling() == null) {
      // What every member has applied tells that each has applied all before it, the switch too.
      Namespace known = transitions.change(namespace, Namespace::again).orElse(null);
      if (known != null) {
        transitions.change(known, Namespace::arrived);
      }
    } else if (namespace.closed()) {
      transitions.change(namespace, Namespace::reopened);
    } else if (!rests(namespace)) {
      copyOrGiveUp(namespace, slice);
    }
  }

  /** A while in which a namespace is left as it is, and when that ends. */
  private record Rest(Duration length, long endNanos) {
    static Rest of(Duration length) {
      return new Rest(length, System.nanoTime() + length.toNanos());
    }

    Rest longer() {
      Duration twice = length.multipliedBy(2);
      return of(twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST);
    }
  }

  private boolean rests(Namespace namespace) {
    Rest rest = rests.get(namespace.uid());
    return rest != null && System.nanoTime() - rest.endNanos() < 0;
  }

  /**
   * Copies; when there is no room for it, gives up the copies, so that they do not take that of
   * writes, and lets the namespace rest.
   */
  private void copyOrGiveUp(Namespace namespace, Slice slice)
      throws InterruptedException, ExecutionException {
    try {
      copy(namespace, slice);
    } catch (Refusal.Conflict noRoom) {
      rests.put(namespace.uid(), Rest.of(LONGEST_REST));
      Namespace now = service.registry().namespace(namespace.uid());
      if (now != null && now.isSplitting() && now.filling() != null) {
        transitions.change(now, Namespace::splitting);
      }
      throw noRoom;
    }
  }

  /** Copies some of what is missing; when it is little, the last of it too. */
  private void copy(Namespace namespace, Slice slice)
      throws InterruptedException, ExecutionException {
    SplitCopying copying = new SplitCopying(transitions, marks, namespace, LONGEST_COPY);
    for (int part = 0; part < namespace.shards(); part++) {
      Optional<Taken> taken;
      do {
        taken = copying.next(part, false);
        if (taken.isEmpty()) {
          return;
        }
        slice.note(taken.get());
        if (slice.hasMore) {
          return;
        }
      } while (taken.get().hasMore());
    }
    if (slice.copied <= LITTLE) {
      close(namespace);
    } else {
      slice.hasMore = true;
    }
  }

  private void close(Namespace namespace) throws InterruptedException, ExecutionException {
    // A change waits for what has just left the cluster; better now than while writes wait too.
    Namespace known = transitions.change(namespace, Namespace::again).orElse(null);
    if (known == null) {
      return;
    }
    long began = System.nanoTime();
    Namespace closed = transitions.change(known, Namespace::closing).orElse(null);
    if (closed == null) {
      return;
    }
    SplitCopying.Outcome outcome = SplitCopying.Outcome.NOT_NOW;
    try {
      outcome = new SplitCopying(transitions, marks, closed, LONGEST_WAIT).last();
    } finally {
      switch (outcome) {
        case NOT_NOW -> {
          rests.merge(namespace.uid(), Rest.of(SHORTEST_REST), (before, first) -> before.longer());
          transitions.change(closed, Namespace::reopened);
        }
        case DIFFERENT -> {
          log.warn(
              "what '{}' was split into is not like it, as where a member was lost; it is copied anew",
              closed.name());
          transitions.change(closed, Namespace::splitting);
        }
        case SAME -> {
          rests.remove(namespace.uid());
          Namespace switched = transitions.change(closed, Namespace::switched).orElse(null);
          if (switched != null && transitions.change(switched, Namespace::arrived).isPresent()) {
            log.info(
                "'{}' has {} shards now; writes waited for {} ms",
                switched.name(),
                switched.shards(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
          }
        }
      }
    }
  }

  /** Forgets how far was copied what is not copied from here any more. */
  private void forgetOthers() {
    rests.keySet().removeIf(uid -> service.registry().namespace(uid) == null);
    marks
        .keySet()
        .removeIf(spec -> {
          Namespace namespace = service.registry().namespace(spec.namespaceUid());
          Space filling = namespace == null ? null : namespace.filling();
          return namespace == null
              || filling == null
              || filling.generation() != spec.generation()
              || !transitions.leads(namespace);
        });
  }

  @Override
  public void close() {
    timer.close();
  }
}
