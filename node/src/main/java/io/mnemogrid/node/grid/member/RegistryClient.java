package io.mnemogrid.node.grid.member;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.spi.impl.NodeEngine;
import io.mnemogrid.node.grid.member.RegistryApplyOperation.Numbered;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import io.mnemogrid.node.grid.registry.RegistryReplica;
import io.mnemogrid.node.grid.thread.Retry;
import io.mnemogrid.node.grid.thread.Timer;
import io.mnemogrid.node.grid.wire.CommitAnswer;
import io.mnemogrid.node.grid.wire.RegistrySnapshot;
import io.mnemogrid.node.model.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's dealings with the registry: renewing the lease of its copy, bringing the copy up to
 * date, and changing entries so that every member has applied the change before it is done.
 */
public final class RegistryClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryClient.class);
  private static final Duration LONGEST_BEAT = Duration.ofSeconds(1);
  private static final Duration FIRST_BEAT = Duration.ofMillis(50);
  private static final int BEATS_A_LEASE = 3;
  private static final Duration VIEWS_DIFFER = Duration.ofSeconds(1);
  private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(30);

  private final NodeEngine engine;
  private final RegistryReplica registry;
  private final GridSettings settings;
  private final int partition;
  private final Timer timer = new Timer("mnemogrid-registry");
  private final Retry retry = new Retry(timer);
  private final AtomicLong fetches = new AtomicLong();
  private final Majority majority;
  private final Duration beat;
  private final Duration tick;
  private final Map<UUID, Long> seenNanos = new ConcurrentHashMap<>();
  private long lastTaken;
  private long lastRenewed;

  /** Since it began or was last cut off. */
  private volatile boolean wasLeased;

  /** On the timer alone. */
  private long beatenNanos;

  RegistryClient(
      NodeEngine engine,
      RegistryReplica registry,
      Majority majority,
      GridSettings settings,
      int partition) {
    this.engine = engine;
    this.registry = registry;
    this.majority = majority;
    this.settings = settings;
    this.partition = partition;
    Duration share = settings.lease().dividedBy(BEATS_A_LEASE);
    this.beat = share.compareTo(LONGEST_BEAT) < 0 ? share : LONGEST_BEAT;
    this.tick = FIRST_BEAT.compareTo(beat) < 0 ? FIRST_BEAT : beat;
  }

  void start() {
    timer.every(tick, this::beatIfDue);
  }

  /**
   * Parts of the data move to a member that has just joined, as after a split, and nobody answers
   * for them until it has its first lease.
   */
  private void beatIfDue() {
    long now = System.nanoTime();
    // A tick early rather than late: others count on a beat within that time.
    if (!wasLeased || now - beatenNanos > beat.minus(tick).toNanos()) {
      beatenNanos = now;
      beat();
    }
  }

  /** What this member would hand to a joining one. */
  RegistrySnapshot snapshot() {
    RegistryReplica.Position position = registry.position();
    return new RegistrySnapshot(position.authority(), position.version(), registry.entries());
  }

  private void beat() {
    // Joined until the last partition is handed over: a member that leaves answers for the others.
    if (!engine.getClusterService().isJoined() || majority.isLost()) {
      return;
    }
    noteMembers();
    fetch()
        .exceptionally(failure -> {
          log.debug("the registry did not answer", failure);
          return null;
        });
  }

  private void noteMembers() {
    long now = System.nanoTime();
    for (Member member : engine.getClusterService().getMembers()) {
      seenNanos.put(member.getUuid(), now);
    }
    seenNanos.values().removeIf(seen -> now - seen > leaseAfterSeenNanos());
  }

  /**
   * For how long a member may decide by an older copy once it was last seen: it may have been
   * counted in until the next beat, on another member a little longer, and held its lease from then
   * on.
   */
  private long leaseAfterSeenNanos() {
    return settings.lease().plus(beat).plus(VIEWS_DIFFER).toNanos();
  }

  /** The copy decides no more until the cluster was heard of again, from now on. */
  synchronized void endLease() {
    lastTaken = fetches.incrementAndGet();
    lastRenewed = lastTaken;
    wasLeased = false;
    registry.endLease();
  }

  /**
   * Brings the copy up to date, and renews its lease if most of the cluster still counts this
   * member in: the authority alone may be cut off together with it, or be this member.
   */
  private CompletionStage<@Nullable Void> fetch() {
    long number = fetches.incrementAndGet();
    long sentNanos = System.nanoTime();
    RegistryReplica.Position position = registry.position();
    RegistryFetchOperation fetch =
        new RegistryFetchOperation(
            position.authority(), position.version(), settings.lease().toMillis());
    CompletionStage<RegistrySnapshot> answer =
        engine
            .getOperationService()
            .createInvocationBuilder(GridService.NAME, fetch, partition)
            .setCallTimeout(CHANGE_TIMEOUT.toMillis())
            .invoke();
    CompletionStage<@Nullable Void> heard = majority.heard(settings.lease());
    return answer.thenApply(snapshot -> {
      if (take(number, snapshot)) {
        var _ = heard.thenRun(() -> renew(number, sentNanos));
      }
      return null;
    });
  }

  /**
   * Takes an answer in, unless one to a later question was: the registry may have moved on to
   * another authority between the two.
   */
  private synchronized boolean take(long number, RegistrySnapshot snapshot) {
    if (number < lastTaken) {
      return false;
    }
    lastTaken = number;
    UUID authority = snapshot.authority();
    List<RegistryEntry> entries = snapshot.entries();
    if (authority != null && entries != null) {
      registry.install(authority, snapshot.version(), entries);
    }
    return true;
  }

  private synchronized void renew(long number, long sentNanos) {
    if (number > lastRenewed) {
      lastRenewed = number;
      registry.renewLease(sentNanos + settings.lease().toNanos());
      wasLeased = true;
    }
  }

  /** Brings the copy to where a change brings it; completes when it is there. */
  CompletionStage<@Nullable Void> reach(Numbered change) {
    if (!change.name().isEmpty()) {
      CompletionStage<Void> applied =
          registry.apply(change.authority(), change.version(), change.name(), change.entry());
      if (applied != null) {
        // One that was overtaken may be lost with its sender; the beat then fetches the whole.
        return applied.thenApply(done -> null);
      }
    }
    return registry.isAt(change.authority(), change.version())
        ? CompletableFuture.completedStage(null)
        : fetch();
  }

  /**
   * Changes an entry; every member has applied it when the stage completes. So it has what made the
   * entry as it is wanted, where that is so already: it may be another try of the same change.
   *
   * @param change from the present entry to the wanted one; the same object for no change, null to
   *     remove. May be asked again when somebody else was faster
   * @return the entry before and after
   */
  public CompletionStage<Changed> change(
      String name, Function<Optional<RegistryEntry>, Optional<RegistryEntry>> change) {
    registry.requireLease();
    return attempt(name, registry.find(name), change, null);
  }

  /** An entry before and after a change. */
  public record Changed(Optional<RegistryEntry> before, Optional<RegistryEntry> after) {}

  private CompletionStage<Changed> attempt(
      String name,
      Optional<RegistryEntry> before,
      Function<Optional<RegistryEntry>, Optional<RegistryEntry>> change,
      @Nullable CommitAnswer conflict) {
    Optional<RegistryEntry> after = change.apply(before);
    if (after.equals(before)) {
      CompletionStage<@Nullable Void> known =
          conflict == null
              ? CompletableFuture.completedStage(null)
              : reach(numbered(conflict, "", null)); // somebody else's change stands
      return known
          .thenCompose(reached -> spreadAll())
          .thenApply(spread -> new Changed(before, after));
    }
    return commit(name, before, after)
        .thenCompose(answer -> {
          boolean done = answer.committed() || Optional.ofNullable(answer.present()).equals(after);
          if (!done) {
            return attempt(name, Optional.ofNullable(answer.present()), change, answer);
          }
          Numbered numbered =
              answer.committed()
                  ? numbered(answer, name, after.orElse(null))
                  : numbered(answer, "", null);
          return spread(numbered, answer.leaseHolders())
              .thenApply(spread -> new Changed(before, after));
        });
  }

  private static Numbered numbered(
      CommitAnswer answer, String name, @Nullable RegistryEntry entry) {
    return new Numbered(answer.authority(), answer.version(), name, entry);
  }

  private CompletionStage<CommitAnswer> commit(
      String name, Optional<RegistryEntry> before, Optional<RegistryEntry> after) {
    AtomicBoolean asked = new AtomicBoolean();
    return retry.until(
        settings.writeTimeout(),
        () -> {
          // The first key of a cluster has to be made before there can be a second member.
          if (!majority.isSeen() && !name.equals(RegistryCommitOperation.ROOT_KEY)) {
            throw asked.get() ? unconfirmed() : withoutMajority();
          }
          asked.set(true);
          return engine
              .getOperationService()
              .createInvocationBuilder(
                  GridService.NAME,
                  new RegistryCommitOperation(name, before.orElse(null), after.orElse(null)),
                  partition)
              .setCallTimeout(settings.writeTimeout().toMillis())
              .setFailOnIndeterminateOperationState(true)
              .<CommitAnswer>invoke()
              .thenApply(
                  answer -> answer.tooFewReplicas() ? Optional.empty() : Optional.of(answer));
        },
        RegistryClient::unconfirmed);
  }

  private static Refusal unconfirmed() {
    return new Refusal.Unavailable(
        "the registry did not confirm the change in time: fewer replicas may be alive than a"
            + " change needs (cluster.minReplicas), and it may have been made",
        Duration.ofSeconds(1),
        true);
  }

  /** Has every member that might decide by an older copy know all that this one does. */
  private CompletionStage<@Nullable Void> spreadAll() {
    RegistryReplica.Position position = registry.position();
    UUID authority = position.authority();
    return authority == null
        ? CompletableFuture.completedStage(null)
        : spread(new Numbered(authority, position.version(), "", null), List.of());
  }

  /** Has every member that might decide by an older copy apply the change. */
  private CompletionStage<@Nullable Void> spread(Numbered change, List<UUID> leaseHolders) {
    noteMembers();
    long leasesEndNanos = System.nanoTime() + settings.lease().toNanos();
    Map<UUID, Long> targets = new HashMap<>();
    // A new authority does not know who held leases of the one before.
    seenNanos.forEach((member, seen) -> targets.put(member, seen + leaseAfterSeenNanos()));
    leaseHolders.forEach(member ->
        targets.merge(member, leasesEndNanos, (one, other) -> one - other > 0 ? one : other));
    List<CompletableFuture<Void>> acks = new ArrayList<>();
    targets.forEach(
        (target, endNanos) -> acks.add(bring(target, change, endNanos).toCompletableFuture()));
    return CompletableFuture.allOf(acks.toArray(CompletableFuture[]::new))
        .thenRun(this::requireHeld);
  }

  /** Those who were gone may be most of the cluster, and know nothing of the change. */
  private void requireHeld() {
    if (majority.isLost() || !registry.isLeased()) {
      throw new Refusal.Unavailable(
          "this node lost sight of most of the cluster while the change was made; it may not hold",
          Duration.ofSeconds(1),
          true);
    }
  }

  /** Why this member changes nothing. */
  public static Refusal withoutMajority() {
    return new Refusal.Unavailable(
        "this node does not see most of the cluster (cluster.members), so it changes nothing; ask"
            + " another node or try again",
        Duration.ofSeconds(1));
  }

  private CompletionStage<Void> bring(UUID target, Numbered change, long leasesEndNanos) {
    return retry
        .until(
            CHANGE_TIMEOUT.plusNanos(leaseAfterSeenNanos()),
            () -> {
              Member member = engine.getClusterService().getMember(target);
              if (member == null) {
                // It is gone from our view, but may not know yet: until its lease has run out it
                // could still decide by its old copy.
                return CompletableFuture.completedStage(
                    System.nanoTime() - leasesEndNanos > 0 ? Optional.of(true) : Optional.empty());
              }
              return apply(member.getAddress(), change).thenApply(Optional::of);
            },
            () ->
                new Refusal.Unavailable(
                    "the change is made, but not every node has confirmed it; it holds everywhere within %d s"
                        .formatted(settings.lease().toSeconds()),
                    Duration.ofSeconds(1),
                    true))
        .thenApply(done -> null);
  }

  private CompletionStage<Boolean> apply(Address address, Numbered change) {
    return engine
        .getOperationService()
        .createInvocationBuilder(GridService.NAME, new RegistryApplyOperation(change), address)
        .setTryCount(1)
        .setCallTimeout(TimeUnit.SECONDS.toMillis(10))
        .invoke();
  }

  @Override
  public void close() {
    timer.close();
  }
}
