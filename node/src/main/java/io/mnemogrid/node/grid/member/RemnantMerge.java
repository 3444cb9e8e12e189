package io.mnemogrid.node.grid.member;

import io.mnemogrid.node.grid.shard.Copied;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.Offer;
import io.mnemogrid.node.grid.shard.Remnant;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.thread.Retry;
import io.mnemogrid.node.model.Failures;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Space;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what is left of the side of a split that gave way to the owners of the side that stands:
 * says what there is, brings what is wanted, and asks again until nothing is. Whatever fails is
 * done again; used by one thread.
 */
public final class RemnantMerge {
  private static final Logger log = LoggerFactory.getLogger(RemnantMerge.class);
  private static final long PAUSE_MS = 50;
  private static final long PAUSE_AFTER_BUG_MS = 1_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final GridService service;
  private final Placement placement;
  private final Map<Long, Namespace> known;
  private long offered;
  private long brought;
  private long gone;
  private long unplaced;

  /**
   * @param known the namespaces by their uid, as the side that gave way knew them
   */
  RemnantMerge(GridService service, Map<Long, Namespace> known) {
    this.service = service;
    this.placement = new Placement(service.partitionCount());
    this.known = known;
  }

  /** Something that may have to be tried again. */
  interface Step {
    /** Whether it is done. */
    boolean take() throws InterruptedException, ExecutionException;
  }

  /** Takes a step again and again, while this member is up to date with most of the cluster. */
  void untilDone(Step step) throws InterruptedException {
    boolean done = false;
    while (!done) {
      done = isDoneSoon(step);
    }
  }

  /** The same for a while: whether it was done. */
  private boolean isDoneSoon(Step step) throws InterruptedException {
    boolean done = false;
    long endNanos = System.nanoTime() + PATIENCE_NANOS;
    while (!done && System.nanoTime() - endNanos < 0) {
      long pauseMs = PAUSE_MS;
      if (service.majority().isSeen() && service.registry().isLeased()) {
        try {
          done = step.take();
        } catch (ExecutionException | RuntimeException e) {
          pauseMs = pauseAfter(e);
        }
      }
      if (!done) {
        TimeUnit.MILLISECONDS.sleep(pauseMs);
      }
    }
    return done;
  }

  private long pauseAfter(Exception failure) {
    Throwable cause = Failures.unwrapped(failure);
    if (cause instanceof Refusal || Retry.mayPass(cause) || !service.engine().isRunning()) {
      log.debug("a merge goes on later", cause);
      return PAUSE_MS;
    }
    log.warn("a step of a merge failed and will be tried again", cause);
    return PAUSE_AFTER_BUG_MS;
  }

  /**
   * Brings all of one partition.
   *
   * @return whether that was done; else it is to be brought again later, and others before it
   */
  boolean all(Remnant remnant) throws InterruptedException {
    List<Shard> written =
        remnant.shards().stream().filter(shard -> wasWrittenTo(shard.spec())).toList();
    for (Shard shard : written) {
      for (List<Offer> batch : Remnant.offers(shard)) {
        if (!isDoneSoon(() -> isThere(shard, batch))) {
          return false;
        }
        offered += batch.size();
      }
    }
    List<List<KeptAnswer>> batches = remnant.answers();
    for (int i = 0; i < batches.size(); i++) {
      boolean last = i == batches.size() - 1;
      MergeRestOperation.Rest rest =
          new MergeRestOperation.Rest(batches.get(i), last ? remnant.wholeSince() : Long.MAX_VALUE);
      if (!isDoneSoon(
          () ->
              Transitions.<Boolean>invoke(
                      service, new MergeRestOperation(rest), remnant.partitionId())
                  .get())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether that side wrote to the space. What a namespace is being split into, and what it was
   * split from, holds nothing but older copies of what is in the one that is written to.
   */
  private boolean wasWrittenTo(ShardSpec spec) {
    Namespace namespace = known.get(spec.namespaceUid());
    return namespace == null
        || namespace.writtenSpaces().stream()
            .anyMatch(space -> space.generation() == spec.generation());
  }

  private boolean isThere(Shard shard, List<Offer> offers)
      throws InterruptedException, ExecutionException {
    Namespace now = service.registry().namespace(shard.spec().namespaceUid());
    // After the look-up: that there is none is only true of a copy that is up to date.
    service.registry().requireLease();
    if (now == null) {
      gone += offers.size();
      return true;
    }
    boolean all = true;
    for (Map.Entry<ShardSpec, List<Offer>> ofPart : parts(shard.spec(), now, offers).entrySet()) {
      all &= bring(shard, ofPart.getKey(), ofPart.getValue());
    }
    return all;
  }

  private boolean bring(Shard shard, ShardSpec into, List<Offer> offers)
      throws InterruptedException, ExecutionException {
    while (true) {
      long @Nullable [] bits =
          this.<long @Nullable []>invoke(new MergeOfferOperation(into, offers), into).get();
      if (bits == null) {
        return false;
      }
      List<String> wanted =
          BitSet.valueOf(bits).stream().mapToObj(i -> offers.get(i).id()).toList();
      if (wanted.isEmpty()) {
        return true;
      }
      List<Copied> copies = Remnant.copies(shard, wanted);
      if (!isComparable(shard.spec(), into)) {
        copies = copies.stream().map(Copied::asOldest).toList();
      }
      boolean done = this.<Boolean>invoke(new MergeOperation(into, copies), into).get();
      if (!done) {
        return false;
      }
      brought += copies.size();
    }
  }

  private <T extends @Nullable Object> CompletableFuture<T> invoke(
      GridOperation operation, ShardSpec part) {
    return Transitions.invoke(service, operation, placement.partition(part));
  }

  /** Where they belong now, in each space of their model that the namespace is written to. */
  private Map<ShardSpec, List<Offer>> parts(ShardSpec from, Namespace now, List<Offer> offers) {
    Optional<Space> before = spaceOf(from);
    Map<ShardSpec, List<Offer>> parts = new LinkedHashMap<>();
    for (Space space : now.writtenSpaces()) {
      if (before.filter(space::equals).isPresent()
          || before.isEmpty() && space.generation() == from.generation()) {
        return Map.of(ShardSpec.of(now, space, from.shard()), offers);
      }
      if (before.filter(old -> old.model().equals(space.model())).isPresent()) {
        for (Offer offer : offers) {
          ShardSpec part = ShardSpec.of(now, space, space.shardOf(offer.id()));
          parts
              .computeIfAbsent(part, _ -> new ArrayList<>())
              .add(isComparable(from, part) ? offer : offer.asOldest());
        }
      }
    }
    if (parts.isEmpty()) {
      unplaced += offers.size();
    }
    return parts;
  }

  /**
   * Whether the stamps of both are of one order. Those of another partition are not; what is there
   * was brought there by a split since, with all that the side that stands knew of it.
   */
  private boolean isComparable(ShardSpec one, ShardSpec other) {
    return placement.partition(one) == placement.partition(other);
  }

  private Optional<Space> spaceOf(ShardSpec spec) {
    Namespace namespace = known.get(spec.namespaceUid());
    return namespace == null
        ? Optional.empty()
        : namespace.spaces().stream()
            .filter(space -> space.generation() == spec.generation())
            .findFirst();
  }

  /** What was done, for the log. */
  String summary() {
    return "%d records, of which %d were missing there; %d of namespaces that are no more, %d of models that were left for another meanwhile"
        .formatted(offered, brought, gone, unplaced);
  }
}
