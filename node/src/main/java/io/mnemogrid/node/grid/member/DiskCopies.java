package io.mnemogrid.node.grid.member;

import io.mnemogrid.node.grid.durable.AgreedIncarnation;
import io.mnemogrid.node.grid.durable.ClusterShape;
import io.mnemogrid.node.grid.durable.Durability;
import io.mnemogrid.node.grid.durable.FormationPlan;
import io.mnemogrid.node.grid.durable.FormationPlan.Row;
import io.mnemogrid.node.grid.durable.Inventory;
import io.mnemogrid.node.grid.durable.StoredPartitions;
import io.mnemogrid.node.grid.member.Journal.Copy;
import io.mnemogrid.node.grid.registry.RegistryTable;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.log.LogPosition;
import io.mnemogrid.node.log.WriteAheadLog;
import io.mnemogrid.node.log.checkpoint.Checkpointer;
import io.mnemogrid.node.log.checkpoint.Checkpoints;
import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.DataFolder;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.restart.Loader;
import io.mnemogrid.node.log.restart.Restart;
import io.mnemogrid.node.log.restart.RestartReport;
import io.mnemogrid.node.log.restart.StoredCopy;
import io.mnemogrid.node.log.restart.Trust;
import io.mnemogrid.node.model.Stamp;
import io.mnemogrid.vector.VectorIndexException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this member has on its disk: read at its start, and written from then on. */
public final class DiskCopies implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DiskCopies.class);

  private final GridService service;
  private final Durability durability;
  private final Disk disk;
  private final Consumer<String> onFailure;
  private final Map<Integer, StoredCopy> found = new HashMap<>();
  private List<Stamp> read = List.of();
  private int agreed;
  private @Nullable RestartReport report;
  private @Nullable WriteAheadLog writeAheadLog;
  private @Nullable Checkpointer checkpointer;

  /**
   * @param onFailure told, on a thread that must not wait, when nothing can be written any more
   */
  DiskCopies(GridService service, Durability durability, Consumer<String> onFailure) {
    this.service = service;
    this.onFailure = onFailure;
    this.durability = durability;
    this.disk = durability.folder().disk();
  }

  /**
   * Reads all that there is into this member's partitions.
   *
   * @throws IOException if the disk fails, or what is on it is of another format; damage is
   *     reported, and is no exception
   */
  Inventory read(UUID member) throws IOException {
    ClusterShape shape = storedShape();
    if (shape != null) {
      log.info("this node's files are of cluster %016x".formatted(shape.cluster()));
    }
    try {
      agreed = AgreedIncarnation.read(disk, durability.folder().current());
    } catch (DamagedFileException e) {
      log.error("damaged: {}; what else there is vouches for nothing", e.damage());
      shape = null;
    }
    RestartReport from;
    try {
      from =
          Restart.read(disk, durability.folder().current(), new StoredPartitions(new Partitions()));
    } catch (VectorIndexException e) {
      throw new IOException("they do not fit into index.offHeapBytes: " + e.getMessage(), e);
    }
    from.findings().forEach(finding -> log.error("damaged: {}", finding));
    from.copies().forEach(copy -> found.put(copy.partition(), explained(copy, from)));
    report = from;
    read =
        IntStream.range(0, service.partitionCount())
            .mapToObj(partition -> service.container(partition).last())
            .toList();
    boolean isBlank = from.copies().isEmpty() && from.log().end().equals(LogPosition.START);
    String damage =
        from.findings().stream().map(each -> each.damage().toString()).findFirst().orElse("");
    return new Inventory(member, shape, isBlank, found, from.absences(), damage, agreed);
  }

  /** The newest incarnation of the cluster that this member keeps for one that is taken. */
  synchronized int agreed() {
    return agreed;
  }

  /** Keeps for good that there is a cluster of that incarnation, if only in a plan. */
  synchronized void agreeTo(int incarnation) throws IOException {
    if (incarnation > agreed) {
      AgreedIncarnation.write(incarnation, disk, durability.folder().current());
      agreed = incarnation;
    }
  }

  /** The copy, and of one that is not whole which damage is the cause, with its file. */
  private static StoredCopy explained(StoredCopy copy, RestartReport read) {
    if (copy.trust() == Trust.WHOLE) {
      return copy;
    }
    return read.findings().stream()
        .filter(finding -> finding.partitions().contains(copy.partition()))
        .map(finding -> finding.damage().toString())
        .filter(damage -> !copy.why().contains(damage))
        .findFirst()
        .map(damage ->
            new StoredCopy(copy.partition(), copy.last(), copy.trust(), copy.why() + "; " + damage))
        .orElse(copy);
  }

  private @Nullable ClusterShape storedShape() throws IOException {
    Path files = durability.folder().current();
    try {
      ClusterShape stored = ClusterShape.read(disk, files).orElse(null);
      if (stored != null && stored.partitions() != service.partitionCount()) {
        throw new IOException(
            "what is in %s is divided into %d partitions, and cluster.partitionCount is %d"
                .formatted(files, stored.partitions(), service.partitionCount()));
      }
      return stored;
    } catch (DamagedFileException e) {
      log.error("damaged: {}; it is written anew", e.damage());
      return null;
    }
  }

  private final class Partitions implements StoredPartitions.Member {
    @Override
    public PartitionContainer container(int partition) {
      return service.container(partition);
    }

    @Override
    public RegistryTable registry() {
      return service.registryAuthority().backupsTable();
    }

    @Override
    public void install(int partition, List<byte[]> chunks) throws IOException {
      service.images().install(partition, chunks);
    }

    @Override
    public void clear(int partition) {
      service.clear(partition);
    }
  }

  /**
   * Sets aside what is on the disk, and begins with nothing in a cluster that was formed before.
   */
  void setAside(long cluster, int incarnation) throws IOException {
    onEach(partition -> {
      service.clear(partition);
      return partition;
    });
    found.clear();
    agreed = 0;
    DataFolder folder = durability.folder();
    if (!disk.list(folder.current()).isEmpty()) {
      log.warn(
          "the cluster lives and has all that counts; what was on this node's disk is set aside in {}",
          folder.setAside());
    }
    report = Restart.read(disk, folder.current(), Loader.nothing());
    service.incarnation(incarnation);
    Copy[] held = new Copy[service.partitionCount()];
    Arrays.fill(held, Copy.DOUBT);
    WriteAheadLog opened = open(held);
    CompletionStage<@Nullable Void> logged = Journal.DONE;
    for (int partition = 0; partition < held.length; partition++) {
      logged = opened.begin(partition, Stamp.NONE);
    }
    await(logged);
    agreeTo(incarnation);
    goOn(cluster);
  }

  boolean hasAside() throws IOException {
    return !durability.folder().aside().isEmpty();
  }

  /** Deletes what was set aside at this start and before, when nothing in it can count any more. */
  void deleteAside() throws IOException {
    DataFolder folder = durability.folder();
    for (Path aside : folder.aside()) {
      folder.deleteAside(aside);
      log.info("all nodes have all that they are to keep, so {} is deleted", aside);
    }
  }

  /** Begins with what the plan leaves to this member, which has found that. */
  void adopt(FormationPlan plan, Inventory own) throws IOException {
    // The table may change meanwhile, and with it what is in a partition.
    List<Kept> kept = onEach(partition -> keep(plan, own, partition));
    service.incarnation(plan.incarnation());
    WriteAheadLog opened = open(kept.stream().map(Kept::copy).toArray(Copy[]::new));
    List<CompletionStage<@Nullable Void>> logged =
        onEach(partition -> {
          Kept begun = kept.get(partition);
          if (begun.isGiven() || !service.container(partition).last().equals(begun.last())) {
            service.journal().dropped(partition); // as it was before there was a log
            return Journal.DONE;
          }
          return log(opened, plan, partition);
        });
    for (CompletionStage<@Nullable Void> each : logged) {
      await(each);
    }
    for (int partition = 0; partition < service.partitionCount(); partition++) {
      if (settlesADoubt(plan, partition)) {
        opened.releaseVoid(partition, opened.ordinal(partition));
      }
    }
    goOn(plan.cluster()); // from now on checkpoints alone release parts of the log
    wantWhatIsMissing();
  }

  /**
   * What this member begins with of a partition.
   *
   * @param last the stamp of what is in memory
   * @param isGiven whether it was given to others since it was read: then the log still has it
   */
  private record Kept(Copy copy, Stamp last, boolean isGiven) {}

  /** Keeps in memory what counts of a partition; on its thread. */
  private Kept keep(FormationPlan plan, Inventory own, int partition) {
    Row row = plan.partitions().get(partition);
    PartitionContainer container = service.container(partition);
    if (!container.last().equals(read.get(partition))) {
      return new Kept(Copy.LEFT, container.last(), true);
    }
    if (row.holders().contains(service.localMember()) || isUpToOneWrite(row, partition)) {
      container.noteStamp(plan.stamp(partition));
    } else {
      service.clear(partition);
    }
    if (durability.acceptLoss() && container.acceptLoss()) {
      return new Kept(Copy.LEFT, container.last(), false); // the log is to forget it too
    }
    return new Kept(held(row, partition, own), container.last(), false);
  }

  /** Logs what this member begins with of a partition; on its thread. */
  private CompletionStage<@Nullable Void> log(
      WriteAheadLog opened, FormationPlan plan, int partition) {
    Copy copy = service.journal().copy(partition);
    if (plan.partitions().get(partition).holders().contains(service.localMember())) {
      if (copy != Copy.WHOLE) {
        var _ = service.journal().image(partition, service.images().image(partition));
      }
      return opened.complete(partition, plan.stamp(partition));
    }
    if (settlesADoubt(plan, partition)) {
      return opened.drop(partition, Stamp.NONE);
    }
    return copy == Copy.DOUBT ? opened.begin(partition, Stamp.NONE) : Journal.DONE;
  }

  /** Does something to each partition, where nothing else changes it. */
  private <T> List<T> onEach(IntFunction<T> step) {
    List<CompletableFuture<T>> steps =
        IntStream.range(0, service.partitionCount())
            .mapToObj(partition ->
                CompletableFuture.supplyAsync(
                    () -> step.apply(partition), service.onPartitionThread(partition)))
            .toList();
    return steps.stream().map(CompletableFuture::join).toList();
  }

  private Copy held(Row row, int partition, Inventory own) {
    if (row.holders().contains(service.localMember()) && isAsItWas(partition)) {
      return Copy.WHOLE;
    }
    if (row.isEmpty()) {
      return isReplica(partition) ? Copy.EMPTY : Copy.NONE;
    }
    if (own.doubts(partition)) {
      return Copy.DOUBT;
    }
    return found.containsKey(partition)
        ? Copy.LEFT
        : own.vouchesFor(partition) ? Copy.NONE : Copy.DOUBT;
  }

  /**
   * Whether this member was a backup when the last writes of the partition were made, and lacks
   * none that was answered: should those be lost who have all, it is better than nothing.
   */
  private boolean isUpToOneWrite(Row row, int partition) {
    StoredCopy copy = found.get(partition);
    return copy != null
        && isAsItWas(partition)
        && isReplica(partition)
        && copy.last().incarnation() == row.last().incarnation()
        && copy.last().partitionVersion() == row.last().partitionVersion()
        && service.holdings().haveRoomForCopies(); // until the whole has come
  }

  /**
   * Begins to write checkpoints. The shape of the files is written now, when the log says all that
   * it has to say of them: files without one vouch for nothing.
   */
  private void goOn(long cluster) throws IOException {
    belongTo(cluster);
    Checkpointer opened = checkpointer;
    if (opened != null) {
      opened.start();
    }
  }

  /** Keeps with the files which cluster they are of, and what it is set to. */
  void belongTo(long cluster) throws IOException {
    new ClusterShape(
            cluster,
            service.partitionCount(),
            service.settings().expectedMembers(),
            service.settings().minReplicas())
        .write(disk, durability.folder().current());
  }

  /**
   * Whether the plan settles that nobody has anything of the partition, and these files leave a
   * doubt: it would come back at each start for as long as the damaged segment is there.
   */
  private boolean settlesADoubt(FormationPlan plan, int partition) {
    RestartReport from = report;
    return from != null
        && plan.partitions().get(partition).isEmpty()
        && (found.containsKey(partition) || from.absences().of(partition) != Trust.WHOLE);
  }

  /** By the table, which may be without those that have left since the plan was made. */
  private boolean isReplica(int partition) {
    return service.isReplicated(service.repair().replicaIndex(partition));
  }

  private boolean isAsItWas(int partition) {
    StoredCopy copy = found.get(partition);
    return copy != null && (copy.trust() == Trust.WHOLE || copy.trust() == Trust.UNSYNCED);
  }

  private static void await(CompletionStage<@Nullable Void> logged) throws IOException {
    try {
      logged.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IOException("the log cannot be written: " + e.getMessage(), e);
    }
  }

  /** Has Hazelcast bring the backups that this member is to have and has not. */
  private void wantWhatIsMissing() {
    boolean isMissing = false;
    for (int partition = 0; partition < service.partitionCount(); partition++) {
      Copy copy = service.journal().copy(partition);
      if (isReplica(partition) && copy != Copy.WHOLE && copy != Copy.EMPTY) {
        int replica = service.repair().replicaIndex(partition);
        if (replica == 0) { // those who had it have left since the plan was made
          int lost = partition;
          service
              .onPartitionThread(lost)
              .execute(() -> {
                if (service.journal().mayLackSomeOf(lost)
                    && service.repair().replicaIndex(lost) == 0) {
                  service.ownsWhatIsLeft(lost);
                }
              });
        } else {
          service.repair().want(partition, replica);
          isMissing = true;
        }
      }
    }
    if (isMissing) {
      log.info("some partitions are brought to this node by others");
    }
  }

  private WriteAheadLog open(Copy[] held) throws IOException {
    RestartReport from = report;
    if (from == null) {
      throw new IllegalStateException("the files were not read");
    }
    Path files = durability.folder().current();
    WriteAheadLog opened =
        WriteAheadLog.open(
            disk,
            DataFolder.log(files),
            durability.log(),
            from.log(),
            failure -> onFailure.accept(String.valueOf(failure.getMessage())));
    writeAheadLog = opened;
    Checkpoints checkpoints = new Checkpoints(disk, DataFolder.checkpoints(files));
    for (int partition : from.dropped()) {
      checkpoints.delete(partition);
      opened.releaseVoid(partition, from.notNeeded().getOrDefault(partition, 0L));
    }
    for (Map.Entry<Integer, Long> notNeeded : from.notNeeded().entrySet()) {
      opened.release(notNeeded.getKey(), notNeeded.getValue());
    }
    service.journal().open(opened, held);
    Checkpointer started =
        new Checkpointer(
            opened,
            checkpoints,
            new CheckpointSource(service, opened),
            durability.checkpoints(),
            service.partitionCount());
    checkpointer = started;
    return opened;
  }

  @Override
  public void close() {
    Checkpointer running = checkpointer;
    if (running != null) {
      running.close();
    }
    WriteAheadLog open = writeAheadLog;
    if (open != null) {
      open.close();
    }
  }
}
