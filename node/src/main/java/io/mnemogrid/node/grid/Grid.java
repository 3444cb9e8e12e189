package io.mnemogrid.node.grid;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.spi.impl.NodeEngine;
import io.mnemogrid.node.grid.growth.Mover;
import io.mnemogrid.node.grid.growth.SpaceVectors;
import io.mnemogrid.node.grid.growth.Splitter;
import io.mnemogrid.node.grid.member.ColdStart;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.member.GridSettings;
import io.mnemogrid.node.grid.member.Majority;
import io.mnemogrid.node.grid.member.ReplicaRepair;
import io.mnemogrid.node.grid.read.FanOut;
import io.mnemogrid.node.grid.read.Recall;
import io.mnemogrid.node.grid.shard.ReplicaDigest;
import io.mnemogrid.node.grid.shard.WarmUp;
import io.mnemogrid.node.grid.thread.Retry;
import io.mnemogrid.node.grid.thread.Timer;
import io.mnemogrid.node.memory.Embedders;
import io.mnemogrid.node.memory.KeyRegistry;
import io.mnemogrid.node.memory.MemoryCopies;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.memory.ReplaceableNamespaces;
import io.mnemogrid.node.memory.Reranker;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.recall.SmartScore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The memories, namespaces and keys of a cluster, through one Hazelcast member. Works on any member
 * that carries our jar, whoever made it; closing it leaves the member running.
 */
public final class Grid implements AutoCloseable {
  private final NodeEngine engine;
  private final GridService service;
  private final Timer timer = new Timer("mnemogrid-retry");
  private final Retry retry = new Retry(timer);
  private final MemoryGrid memories;
  private final Mover mover;
  private final Splitter splitter;

  private Grid(GridService service, SmartScore score, Models models, InstantSource clock) {
    this.service = service;
    this.engine = service.engine();
    FanOut fanOut = new FanOut(service, retry);
    SpaceVectors vectors = new SpaceVectors(service.registry(), models.embedders());
    this.memories =
        new HazelcastMemories(
            service, vectors, retry, fanOut, new Recall(fanOut, score, models.reranker(), clock));
    this.mover = new Mover(service, memories, namespaces(), vectors);
    mover.start();
    this.splitter = new Splitter(service, namespaces());
    splitter.start();
  }

  /**
   * The models of this node.
   *
   * @param embedders for the memories of namespaces that move to another model
   * @param reranker to order the best of a recall anew, or null
   */
  public record Models(Embedders embedders, @Nullable Reranker reranker) {}

  /**
   * Works with made-up memories until that is fast. To be called before the member that this JVM is
   * to be is started: the first partitions that move to it would else take seconds to come in.
   *
   * @param limit when to be content with what was reached; zero: nothing is done
   */
  public static void warmUp(GridSettings settings, Duration limit) {
    var _ = WarmUp.run(settings.index(), limit);
  }

  /**
   * Opens the grid on a member.
   *
   * @param score how hits are ordered unless a recall says otherwise
   */
  public static Grid on(
      HazelcastInstance instance, SmartScore score, Models models, InstantSource clock) {
    return new Grid(GridService.of(instance), score, models, clock);
  }

  public MemoryGrid memories() {
    return memories;
  }

  /** The memories of whole namespaces, to be put away and brought back. */
  public MemoryCopies copies() {
    return new HazelcastCopies(service, retry);
  }

  public ReplaceableNamespaces namespaces() {
    return new HazelcastRegistry.Catalog(service.registry(), service.registryClient());
  }

  public KeyRegistry keys() {
    return new HazelcastRegistry.Keys(service.registry(), service.registryClient());
  }

  /**
   * Backups that are not there yet, as {@link ReplicaRepair#missing} has it, and partitions of
   * which this member's files hold what is not kept here, or may have held something.
   */
  public int replicasMissing() {
    return service.repair().missing() + service.journal().unsettled();
  }

  /** Whether this member still brings what it held on one side of a split to the other. */
  public boolean isHealing() {
    return service.healing().isUnderWay();
  }

  /**
   * What this member holds of a partition, once nothing is written: the same on the owner and on
   * each backup. Empty on any other member.
   */
  public Optional<ReplicaDigest> digest(int partitionId) {
    return service.admission().isReplica(partitionId)
        ? Optional.of(ReplicaDigest.of(service.container(partitionId)))
        : Optional.empty();
  }

  /** Whether this member is up to date with the cluster and may answer. */
  public boolean isServing() {
    return engine.isRunning() && service.registry().isLeased();
  }

  /** Completes once this member serves; fails with a refusal when it does not within the time. */
  public CompletionStage<Void> whenServing(Duration timeout) {
    return retry
        .until(
            timeout,
            () ->
                CompletableFuture.completedStage(
                    isServing() ? Optional.of(true) : Optional.empty()),
            () ->
                new Refusal.Unavailable(
                    "the cluster did not take this node in within %d s"
                        .formatted(timeout.toSeconds()),
                    Duration.ofSeconds(1)))
        .thenAccept(serving -> {});
  }

  /**
   * Completes once this member is one of those that the cluster is set for; fails with a refusal
   * when none of the others has left within the time.
   */
  public CompletionStage<Void> whenPlaced(Duration timeout) {
    Majority majority = service.majority();
    return retry
        .until(
            timeout,
            () ->
                CompletableFuture.completedStage(
                    majority.hasPlace() ? Optional.of(true) : Optional.empty()),
            () ->
                new Refusal.Unavailable(
                    "the cluster has its %d nodes already (cluster.size, or else the number of cluster.members): raise that on each of them, and then start this one"
                        .formatted(majority.clusterSize()),
                    Duration.ofSeconds(1)))
        .thenAccept(placed -> {});
  }

  /**
   * Completes once this member has what it begins with, from its own disk or from the others; fails
   * when its files cannot be used.
   */
  public CompletionStage<@Nullable Void> whenFormed() {
    ColdStart coldStart = service.coldStart();
    return coldStart == null ? CompletableFuture.completedStage(null) : coldStart.formed();
  }

  /** What this member waits for before it begins, or why it has left; a sentence each. */
  public List<String> troubles() {
    ColdStart coldStart = service.coldStart();
    return coldStart == null ? List.of() : coldStart.reasons();
  }

  /** Whether this member has left for good because its disk failed. */
  public boolean isOutOfService() {
    return service.registry().isRetired();
  }

  public int clusterSize() {
    return engine.getClusterService().getSize();
  }

  /** Bytes of vectors and graphs on this member, off the heap. */
  public long indexBytes() {
    return service.holdings().indexBytes();
  }

  /** Memories on this member, as owner or backup. */
  public long replicaCount() {
    return service.holdings().memories();
  }

  @Override
  public void close() {
    splitter.close();
    mover.close();
    timer.close();
  }
}
