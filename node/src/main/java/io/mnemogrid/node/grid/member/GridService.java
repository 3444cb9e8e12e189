package io.mnemogrid.node.grid.member;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.ChunkSupplier;
import com.hazelcast.internal.partition.ChunkedMigrationAwareService;
import com.hazelcast.internal.partition.IPartitionLostEvent;
import com.hazelcast.internal.partition.IPartitionService;
import com.hazelcast.internal.partition.MigrationEndpoint;
import com.hazelcast.internal.partition.PartitionAwareService;
import com.hazelcast.internal.partition.PartitionMigrationEvent;
import com.hazelcast.internal.partition.PartitionReplicationEvent;
import com.hazelcast.internal.services.DistributedObjectNamespace;
import com.hazelcast.internal.services.ManagedService;
import com.hazelcast.internal.services.PreJoinAwareService;
import com.hazelcast.internal.services.ServiceNamespace;
import com.hazelcast.internal.services.SplitBrainHandlerService;
import com.hazelcast.spi.impl.NodeEngine;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.durable.Durability;
import io.mnemogrid.node.grid.durable.LogEntry;
import io.mnemogrid.node.grid.registry.RegistryReplica;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardEnvironment;
import io.mnemogrid.node.grid.thread.Indexer;
import io.mnemogrid.node.grid.thread.PartitionThreads;
import io.mnemogrid.node.grid.thread.SearchPool;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.vector.VectorMemory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The memories' partition service: one container a partition, replicated and migrated by Hazelcast.
 *
 * <p>Hazelcast finds it by its service loader, so it also works inside an instance that somebody
 * else made. Migration callbacks run on the partition's thread.
 */
public final class GridService
    implements ManagedService,
        ChunkedMigrationAwareService,
        PartitionAwareService,
        PreJoinAwareService<RegistryJoinOperation>,
        SplitBrainHandlerService {

  /** The service's name in Hazelcast. */
  public static final String NAME = "mnemogrid:memories";

  /** All of a partition is replicated as one fragment. */
  static final ServiceNamespace FRAGMENT = new DistributedObjectNamespace(NAME, "memories");

  private static final Duration LONGEST_CLEARING = Duration.ofSeconds(10);

  private static final String REGISTRY_PARTITION_KEY = "mnemogrid:registry";

  private final NodeEngine engine;
  private final GridSettings settings;
  private final VectorMemory vectorMemory;
  private final Indexer indexer;
  private final SearchPool searchPool;
  private final PartitionContainer[] containers;
  private final PartitionThreads threads;
  private final ImageTransfer images;
  private final RegistryReplica registry;
  private final Holdings holdings;
  private final Majority majority;
  private final RegistryClient registryClient;
  private final Healing healing;
  private final Sweeper sweeper;
  private final ReplicaRepair repair;
  private final Wholeness wholeness;
  private final Journal journal;
  private final RegistryAuthority registryAuthority;
  private final Admission admission;
  private final MigrationNews migrationNews;
  private final @Nullable ColdStart coldStart;
  private final AtomicInteger lostPartitions = new AtomicInteger();

  public GridService(NodeEngine engine) {
    this.engine = engine;
    this.settings = settingsOf(engine);
    this.vectorMemory = new VectorMemory(settings.indexMemoryBytes());
    this.indexer = new Indexer();
    this.searchPool = new SearchPool(settings.searchThreads(), settings.searchQueue());
    ShardEnvironment environment =
        new ShardEnvironment(
            vectorMemory,
            settings.index(),
            settings.efSearch(),
            settings.tailLimit(),
            indexer::enqueue,
            searchPool::executeIfIdle);
    this.containers = new PartitionContainer[engine.getPartitionService().getPartitionCount()];
    for (int i = 0; i < containers.length; i++) {
      containers[i] = new PartitionContainer(environment, settings.answers());
    }
    this.threads = new PartitionThreads(engine, containers.length);
    this.images = new ImageTransfer(this);
    this.registry = new RegistryReplica(System::nanoTime, this::dropNamespace);
    this.holdings = new Holdings(vectorMemory, List.of(containers), registry);
    this.majority = new Majority(engine, settings.expectedMembers());
    this.registryClient =
        new RegistryClient(engine, registry, majority, settings, registryPartition());
    this.healing = new Healing(this);
    this.sweeper = new Sweeper(this, engine);
    this.repair = new ReplicaRepair(this, engine);
    this.wholeness = new Wholeness(this);
    this.journal = new Journal(this);
    this.registryAuthority = new RegistryAuthority(registry, journal, registryPartition());
    this.admission = new Admission(this);
    this.migrationNews = new MigrationNews(engine);
    Durability durability = settings.durability();
    this.coldStart = durability == null ? null : new ColdStart(this, durability);
  }

  private static GridSettings settingsOf(NodeEngine engine) {
    Object given = engine.getConfig().getUserContext().get(GridSettings.USER_CONTEXT_KEY);
    return given instanceof GridSettings settings ? settings : GridSettings.defaults();
  }

  /**
   * The service of a member.
   *
   * @throws IllegalStateException if the member does not carry it
   */
  public static GridService of(HazelcastInstance instance) {
    if (instance.getUserContext().get(NAME) instanceof GridService service) {
      return service;
    }
    throw new IllegalStateException(
        "the Hazelcast member '%s' was started without Mnemogrid on its class path"
            .formatted(instance.getName()));
  }

  @Override
  public void init(NodeEngine nodeEngine, Properties properties) {
    engine.getHazelcastInstance().getUserContext().put(NAME, this);
    indexer.start();
    migrationNews.start();
    repair.start();
    if (coldStart == null) {
      serve();
    } else {
      coldStart.start();
    }
  }

  /** Begins what this member does by itself, once it has what it begins with. */
  void serve() {
    registryClient.start();
    healing.start();
    sweeper.start();
    if (coldStart != null) {
      wholeness.start(coldStart.disk());
    }
  }

  /** On the side of a split that gives way, before everything is reset and joins the other. */
  @Override
  public @Nullable Runnable prepareMergeRunnable() {
    registryClient.endLease();
    if (!hasOnlyFiles()) {
      healing.takeAll();
    }
    return null; // what was taken is brought to the other side once this member is up to date there
  }

  @Override
  public void reset() {
    registryClient.endLease();
    repair.clear();
    if (!hasOnlyFiles()) {
      clearAll(journal::dropped); // and not forgotten: it is merged only later
      registryAuthority.clear();
    }
  }

  /**
   * Whether all that this member has was read from its files: then it is not of the cluster that it
   * leaves, and the one that it joins decides whether it counts.
   */
  private boolean hasOnlyFiles() {
    return coldStart != null && !coldStart.isDecided();
  }

  private void clearAll(IntConsumer before) {
    threads.onEach(
        partition -> {
          before.accept(partition);
          images.forget(partition);
          containers[partition].clear();
        },
        LONGEST_CLEARING);
  }

  @Override
  public void shutdown(boolean terminate) {
    migrationNews.close();
    sweeper.close();
    wholeness.close();
    repair.close();
    healing.close();
    registryClient.close();
    searchPool.close();
    indexer.close();
    if (coldStart != null) {
      coldStart.close();
    }
    clearAll(partition -> {});
    vectorMemory.close();
  }

  public NodeEngine engine() {
    return engine;
  }

  /** The settings of this member. */
  public GridSettings settings() {
    return settings;
  }

  public PartitionContainer container(int partitionId) {
    return containers[partitionId];
  }

  public int partitionCount() {
    return containers.length;
  }

  public SearchPool searchPool() {
    return searchPool;
  }

  ImageTransfer images() {
    return images;
  }

  public Journal journal() {
    return journal;
  }

  public Admission admission() {
    return admission;
  }

  /** Null when nothing is kept on disk. */
  public @Nullable ColdStart coldStart() {
    return coldStart;
  }

  /** Whether this member has what it begins with, so that others may deal with it. */
  boolean isFormed() {
    return coldStart == null || coldStart.isDone();
  }

  /** Takes part in that incarnation of the cluster from now on. */
  void incarnation(int incarnation) {
    for (PartitionContainer container : containers) {
      container.incarnation(incarnation);
    }
  }

  /** Notes which cluster this member has joined, and how often that was formed; 0 if it is not. */
  void joined(long cluster, int incarnation, boolean beginsAnew) {
    if (coldStart != null) {
      coldStart.joined(cluster, incarnation, beginsAnew);
    }
  }

  public RegistryReplica registry() {
    return registry;
  }

  RegistryAuthority registryAuthority() {
    return registryAuthority;
  }

  public Holdings holdings() {
    return holdings;
  }

  public RegistryClient registryClient() {
    return registryClient;
  }

  public Majority majority() {
    return majority;
  }

  public ReplicaRepair repair() {
    return repair;
  }

  Wholeness wholeness() {
    return wholeness;
  }

  public Healing healing() {
    return healing;
  }

  PartitionThreads threads() {
    return threads;
  }

  IPartitionService partitions() {
    return engine.getPartitionService();
  }

  UUID localMember() {
    return engine.getLocalMember().getUuid();
  }

  public long unixSeconds() {
    return Math.floorDiv(System.currentTimeMillis(), 1_000L);
  }

  public int partitionVersion(int partitionId) {
    return partitions().getPartition(partitionId).version();
  }

  private int registryPartition() {
    return engine.getPartitionService().getPartitionId((Object) REGISTRY_PARTITION_KEY);
  }

  private void dropNamespace(Namespace namespace) {
    for (int i = 0; i < containers.length; i++) {
      int partition = i;
      PartitionContainer container = containers[partition];
      if (container.shards().stream()
          .anyMatch(shard -> shard.spec().namespaceUid() == namespace.uid())) {
        onPartitionThread(partition)
            .execute(() -> {
              container.dropNamespaces(uid -> uid == namespace.uid());
              journal.shrunk(partition);
            });
      }
    }
  }

  /** Runs tasks where the partition's writes run. */
  Executor onPartitionThread(int partitionId) {
    return threads.of(partitionId);
  }

  @Override
  public @Nullable RegistryJoinOperation getPreJoinOperation() {
    return new RegistryJoinOperation(
        registryClient.snapshot(),
        coldStart == null ? 0 : coldStart.clusterId(),
        coldStart == null ? 0 : coldStart.incarnation(),
        majority.wasSeen(),
        settings.expectedMembers(),
        coldStart != null && coldStart.beginsAnewWithOthers());
  }

  @Override
  public Collection<ServiceNamespace> getAllServiceNamespaces(PartitionReplicationEvent event) {
    // An empty partition too: its image sets the hand-off flag, without which the old owner would
    // go on answering that there is nothing.
    return isReplicated(event.getReplicaIndex()) ? Set.of(FRAGMENT) : Set.of();
  }

  @Override
  public boolean isKnownServiceNamespace(ServiceNamespace namespace) {
    return namespace.equals(FRAGMENT);
  }

  @Override
  public ChunkSupplier newChunkSupplier(
      PartitionReplicationEvent event, Collection<ServiceNamespace> namespaces) {
    return images.newSupplier(event.getPartitionId(), event.getReplicaIndex());
  }

  @Override
  public @Nullable Operation prepareReplicationOperation(PartitionReplicationEvent event) {
    return isReplicated(event.getReplicaIndex())
        ? images.whole(event.getPartitionId(), event.getReplicaIndex())
        : null;
  }

  @Override
  public @Nullable Operation prepareReplicationOperation(
      PartitionReplicationEvent event, Collection<ServiceNamespace> namespaces) {
    return prepareReplicationOperation(event);
  }

  @Override
  public void onPartitionLost(IPartitionLostEvent event) {
    if (event.getLostReplicaIndex() >= settings.backupCount()) {
      lost(event.getPartitionId());
    }
  }

  /** Notes that what was in a partition is gone; on its thread. */
  void lost(int partitionId) {
    lostPartitions.incrementAndGet();
    long now = unixSeconds();
    // A namespace is dated by the member that made it, whose clock may be ahead of this one's.
    long newest =
        registry.namespaces().stream().mapToLong(Namespace::createdAt).reduce(now, Math::max);
    containers[partitionId].lostAt(newest);
    if (coldStart != null && majority.isLost()) {
      coldStart.cutOff();
    }
  }

  /** Partitions lost with all their replicas since this was asked last. */
  int takeLostPartitions() {
    return lostPartitions.getAndSet(0);
  }

  /**
   * Goes on as the owner with what there is here of a partition that is lost, and logs that: not
   * without most of the members, since they may have it on their disks.
   */
  void ownsWhatIsLeft(int partitionId) {
    lost(partitionId);
    if (majority.isSeen()) {
      long lostAt = containers[partitionId].lostAt();
      var _ = journal.made(partitionId, new LogEntry.Lost(lostAt));
    }
  }

  boolean isReplicated(int replicaIndex) {
    return replicaIndex >= 0 && replicaIndex <= settings.backupCount();
  }

  @Override
  public void beforeMigration(PartitionMigrationEvent event) {}

  @Override
  public void commitMigration(PartitionMigrationEvent event) {
    PartitionContainer container = containers[event.getPartitionId()];
    images.forget(event.getPartitionId());
    if (event.getNewReplicaIndex() == 0
        && (repair.isMissing(event.getPartitionId())
            || journal.mayLackSomeOf(event.getPartitionId()))) {
      repair.promoted(event.getPartitionId());
      ownsWhatIsLeft(event.getPartitionId()); // what takes the owner's place never came as a whole
    }
    if (!isReplicated(event.getNewReplicaIndex())) {
      drop(event.getPartitionId());
    }
    container.handedOff(false);
  }

  @Override
  public void rollbackMigration(PartitionMigrationEvent event) {
    if (event.getMigrationEndpoint() == MigrationEndpoint.DESTINATION) {
      images.forget(event.getPartitionId());
      if (!isReplicated(event.getCurrentReplicaIndex())) {
        drop(event.getPartitionId());
      }
    }
    containers[event.getPartitionId()].handedOff(false);
  }

  private void drop(int partitionId) {
    if (!hasOnlyFiles()) { // else they are still read, and it is decided later what counts of them
      clear(partitionId);
      journal.dropped(partitionId);
    }
  }

  /** Lets go of what is in a partition, on its thread. */
  void clear(int partitionId) {
    containers[partitionId].clear();
    if (registryAuthority.isIn(partitionId)) {
      registryAuthority.clear();
    }
  }
}
