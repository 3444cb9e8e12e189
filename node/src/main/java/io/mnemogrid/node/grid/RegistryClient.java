package io.mnemogrid.node.grid;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.spi.impl.NodeEngine;
import io.mnemogrid.node.grid.RegistryApplyOperation.Numbered;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import io.mnemogrid.node.grid.registry.RegistryReplica;
import io.mnemogrid.node.model.Refusal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's dealings with the registry: renewing the lease of its copy, bringing the copy up to
 * date, and changing entries so that every member has applied the change before it is done.
 */
final class RegistryClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryClient.class);
  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(30);

  private final NodeEngine engine;
  private final RegistryReplica registry;
  private final GridSettings settings;
  private final int partition;
  private final Timer timer = new Timer("mnemogrid-registry");
  private final Retry retry = new Retry(timer);
  private final AtomicLong fetches = new AtomicLong();
  private volatile boolean formed;
  private long lastTaken;

  RegistryClient(
      NodeEngine engine, RegistryReplica registry, GridSettings settings, int partition) {
    this.engine = engine;
    this.registry = registry;
    this.settings = settings;
    this.partition = partition;
  }

  void start() {
    timer.every(BEAT, this::beat);
  }

  /** What this member would hand to a joining one. */
  RegistrySnapshot snapshot() {
    RegistryReplica.Position position = registry.position();
    return new RegistrySnapshot(position.authority(), position.version(), registry.entries());
  }

  private void beat() {
    if (!engine.isRunning() || !engine.getClusterService().isJoined() || isMinority()) {
      return;
    }
    fetch()
        .exceptionally(failure -> {
          log.debug("the registry did not answer", failure);
          return null;
        });
  }

  /** Whether this member once saw a majority of the configured cluster and does not any more. */
  private boolean isMinority() {
    boolean majority = engine.getClusterService().getSize() * 2 > settings.expectedMembers();
    formed |= majority;
    return formed && !majority;
  }

  /** Brings the copy up to date and renews its lease. */
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
    return answer.thenAccept(snapshot -> take(number, sentNanos, snapshot));
  }

  /**
   * Takes an answer in, unless one to a later question was: the registry may have moved on to
   * another authority between the two.
   */
  private synchronized void take(long number, long sentNanos, RegistrySnapshot snapshot) {
    if (number < lastTaken) {
      return;
    }
    lastTaken = number;
    UUID authority = snapshot.authority();
    List<RegistryEntry> entries = snapshot.entries();
    if (authority != null && entries != null) {
      registry.install(authority, snapshot.version(), entries);
    }
    registry.renewLease(sentNanos + settings.lease().toNanos());
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
   * Changes an entry; every member has applied it when the stage completes.
   *
   * @param change from the present entry to the wanted one; the same object for no change, null to
   *     remove. May be asked again when somebody else was faster
   * @return the entry before and after
   */
  CompletionStage<Changed> change(
      String name, Function<Optional<RegistryEntry>, Optional<RegistryEntry>> change) {
    registry.requireLease();
    return attempt(name, registry.find(name), change, null);
  }

  /** An entry before and after a change. */
  record Changed(Optional<RegistryEntry> before, Optional<RegistryEntry> after) {}

  private CompletionStage<Changed> attempt(
      String name,
      Optional<RegistryEntry> before,
      Function<Optional<RegistryEntry>, Optional<RegistryEntry>> change,
      @Nullable CommitAnswer conflict) {
    Optional<RegistryEntry> after = change.apply(before);
    if (after.equals(before)) {
      Changed unchanged = new Changed(before, after);
      // Somebody else's change stands; this member must know it before the caller goes on.
      return conflict == null
          ? CompletableFuture.completedStage(unchanged)
          : reach(numbered(conflict, "", null)).thenApply(reached -> unchanged);
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
    return retry.until(
        settings.writeTimeout(),
        () ->
            engine
                .getOperationService()
                .createInvocationBuilder(
                    GridService.NAME,
                    new RegistryCommitOperation(name, before.orElse(null), after.orElse(null)),
                    partition)
                .setCallTimeout(settings.writeTimeout().toMillis())
                .setFailOnIndeterminateOperationState(true)
                .<CommitAnswer>invoke()
                .thenApply(
                    answer -> answer.tooFewReplicas() ? Optional.empty() : Optional.of(answer)),
        () ->
            new Refusal.Unavailable(
                "the registry did not confirm the change in time: fewer replicas may be alive than a"
                    + " change needs (cluster.minReplicas), and it may have been made",
                Duration.ofSeconds(1),
                true));
  }

  /** Has every member that might decide by an older copy apply the change. */
  private CompletionStage<@Nullable Void> spread(Numbered change, List<UUID> leaseHolders) {
    long leasesEndNanos = System.nanoTime() + settings.lease().toNanos();
    Set<UUID> targets = new HashSet<>(leaseHolders);
    for (Member member : engine.getClusterService().getMembers()) {
      targets.add(member.getUuid());
    }
    List<CompletableFuture<Void>> acks =
        targets.stream()
            .map(target -> bring(target, change, leasesEndNanos).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(acks.toArray(CompletableFuture[]::new));
  }

  private CompletionStage<Void> bring(UUID target, Numbered change, long leasesEndNanos) {
    return retry
        .until(
            CHANGE_TIMEOUT,
            () -> {
              Member member = engine.getClusterService().getMember(target);
              if (member == null) {
                // It is gone from our view, but may not know yet: until its lease has run out it
                // could
                // still decide by its old copy.
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
