package io.mnemogrid.node.grid.member;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.Member;
import com.hazelcast.config.ConfigAccessor;
import com.hazelcast.config.TcpIpConfig;
import com.hazelcast.internal.cluster.ClusterService;
import io.mnemogrid.node.grid.durable.Durability;
import io.mnemogrid.node.grid.durable.Formation;
import io.mnemogrid.node.grid.durable.FormationPlan;
import io.mnemogrid.node.grid.durable.FormationPlanner;
import io.mnemogrid.node.grid.durable.FormationTerms;
import io.mnemogrid.node.grid.durable.Inventory;
import io.mnemogrid.node.grid.wire.FormationAnswer;
import io.mnemogrid.node.model.Uninterrupted;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's way from the start of its process until it serves. It joins, and then either finds a
 * cluster that lives: then what is on its own disk is of no account, and is set aside. Or it waits
 * with the others until the oldest of them can tell from whose files the cluster goes on.
 *
 * <p>Nothing may touch a partition before that, since the first to do so has Hazelcast distribute
 * all of them anew.
 */
public final class ColdStart implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ColdStart.class);
  private static final Duration BEAT = Duration.ofMillis(100);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(10);

  /**
   * Much less than members are given to be heard of: while this one is waited for it hears nobody.
   */
  private static final Duration READY_TIMEOUT = Duration.ofSeconds(2);

  /**
   * Who starts at about the same time as the others is waited for, and keeps what it has: a new
   * cluster of those that have nothing would set that aside.
   */
  private static final Duration LATE = Duration.ofSeconds(5);

  private final GridService service;
  private final FormationTerms terms;
  private final DiskCopies disk;
  private final CompletableFuture<String> beginsAnew;
  private final Thread thread =
      Thread.ofPlatform().name("mnemogrid-start").daemon().unstarted(this::work);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CompletableFuture<@Nullable Void> formed = new CompletableFuture<>();
  private final Map<UUID, Inventory> inventories = new ConcurrentHashMap<>();
  private volatile List<String> reasons = List.of("the node is joining the cluster");
  private volatile @Nullable FormationPlan proposed;
  private volatile @Nullable FormationPlan plan;
  private volatile int joinedIncarnation;
  private volatile long joinedCluster;
  private volatile boolean isAlone = true;
  private volatile boolean done;
  private volatile boolean isCutOff;
  private long formableSinceNanos;

  ColdStart(GridService service, Durability durability) {
    this.service = service;
    this.beginsAnew = durability.beginsAnew();
    this.disk = new DiskCopies(service, durability, this::leave);
    this.terms =
        new FormationTerms(
            service.settings().expectedMembers(),
            service.settings().minReplicas(),
            service.settings().backupCount(),
            durability.acceptLoss());
  }

  void start() {
    thread.start();
  }

  /** Whether this member has what it begins with. */
  boolean isDone() {
    return done;
  }

  /** Whether it is known what this member begins with. */
  boolean isDecided() {
    return done || plan != null;
  }

  /** Completes when this member has what it begins with. */
  public CompletionStage<@Nullable Void> formed() {
    return formed.minimalCompletionStage();
  }

  /** What it waits for, or why it has left, a sentence each. */
  public List<String> reasons() {
    return reasons;
  }

  /** What was drawn when the cluster was formed first; of no account while it is not formed. */
  long clusterId() {
    FormationPlan formedBy = plan;
    return joinedIncarnation == 0 && formedBy != null ? formedBy.cluster() : joinedCluster;
  }

  /** The incarnation of the cluster; 0 while it is not formed. */
  int incarnation() {
    FormationPlan formedBy = plan;
    return formedBy == null
        ? joinedIncarnation
        : Math.max(joinedIncarnation, formedBy.incarnation());
  }

  /**
   * Notes which cluster this member has joined. When that was formed before, and is the first it
   * hears of others, this waits until its own files are set aside, so that what the others bring
   * once it counts as joined finds it ready.
   *
   * @param cluster drawn when it was formed first
   * @param incarnation of the cluster; 0 if it is not formed yet
   * @param beginsAnew whether it does not go on, see {@link #cutOff}
   */
  void joined(long cluster, int incarnation, boolean beginsAnew) {
    if (beginsAnew) {
      beginAnew("the cluster has lost most of its members, and is formed anew by what they have");
      return;
    }
    if (done && incarnation == 0) {
      // What it has in memory is gone by that, and the others can know of its files alone.
      beginAnew("it has merged into a cluster that is not formed yet, and takes part in that");
      return;
    }
    joinedCluster = incarnation > 0 ? cluster : joinedCluster;
    joinedIncarnation = Math.max(joinedIncarnation, incarnation);
    if (done) {
      goOnIn(incarnation);
    } else if (isAlone && incarnation > 0) {
      try {
        var _ = ready.await(READY_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Notes that most of the cluster is gone, and some of what it holds with it. It may still be on
   * the disks of those that are gone. So once they come back, this member is no cluster that lives
   * and that others join, but begins anew with them, as after a stop of all.
   */
  void cutOff() {
    isCutOff = true;
  }

  /** Whether who joins this member has to begin anew; then this one does. */
  boolean beginsAnewWithOthers() {
    if (isCutOff && done) {
      beginAnew("most members were gone, and are back with what they have on their disks");
    }
    return isCutOff;
  }

  /** Leaves, and has the node started again with what is on its disk. */
  private void beginAnew(String why) {
    log.warn("this node begins anew: {}", why);
    reasons = List.of("the node has to be started again: " + why);
    beginsAnew.complete(why);
    terminate();
  }

  /** The stamps that this member gives are of the cluster that it has merged into. */
  private void goOnIn(int incarnation) {
    isCutOff = false;
    service.incarnation(incarnation);
    try {
      disk.agreeTo(incarnation);
      disk.belongTo(joinedCluster);
    } catch (IOException e) {
      leave("its disk fails: " + e.getMessage());
    }
  }

  /** What this member has on its disk. */
  DiskCopies disk() {
    return disk;
  }

  /** Notes what another member has found, and tells it how things stand. */
  FormationAnswer hear(@Nullable Inventory inventory) {
    if (inventory != null) {
      inventories.put(inventory.member(), inventory);
    }
    FormationPlan proposal = proposed;
    return new FormationAnswer(reasons, proposal == null ? 0 : proposal.incarnation(), plan);
  }

  private void work() {
    try {
      begin();
      done = true;
      reasons = List.of();
      service.serve();
      formed.complete(null);
    } catch (InterruptedException e) {
      var _ = formed.cancel(false); // the node is closed
    } catch (IOException | RuntimeException | Error e) {
      log.error("this member cannot begin with its files", e);
      reasons = List.of("the node's files cannot be used: " + e.getMessage());
      formed.completeExceptionally(e);
    } finally {
      ready.countDown();
    }
  }

  private void begin() throws IOException, InterruptedException {
    while (!cluster().isJoined() && joinedIncarnation == 0) {
      pause();
    }
    isAlone = joinedIncarnation > 0;
    if (joinedIncarnation == 0) {
      reasons = List.of("the node is reading its files");
      Inventory own = disk.read(service.localMember());
      reasons = List.of("the node is asking the others what is on their disks");
      FormationPlan agreed = agree(own);
      while (agreed != null && agreed.members().contains(service.localMember())) {
        if (awaitTable(agreed)) {
          disk.adopt(agreed, own);
          return;
        }
        plan = null;
        agreed = agree(own);
      }
      if (agreed != null) {
        joined(agreed.cluster(), agreed.incarnation(), false);
      }
    }
    disk.setAside(joinedCluster, joinedIncarnation);
  }

  /** How the cluster is formed; null when it turns out to have been, before this member came. */
  private @Nullable FormationPlan agree(Inventory found) throws IOException, InterruptedException {
    while (true) {
      // A merge of clusters that are not formed yet gives a member another number.
      Inventory present = found.of(service.localMember()).agreedTo(disk.agreed());
      FormationPlan agreed = cluster().isMaster() ? lead(present) : follow(present);
      if (agreed != null || joinedIncarnation > 0) {
        plan = agreed;
        return agreed;
      }
      pause();
    }
  }

  /**
   * Has this member have the table: if it became the master without one, others would be lost.
   *
   * @return false if it has become a member of another cluster meanwhile, with another number
   */
  private boolean awaitTable(FormationPlan agreed) throws InterruptedException {
    FirstTable table = new FirstTable(service.engine());
    while (!table.install(agreed)) {
      if (!agreed.members().contains(service.localMember())) {
        return false;
      }
      pause();
    }
    return true;
  }

  private @Nullable FormationPlan follow(Inventory own) throws IOException, InterruptedException {
    proposed = null;
    Address master = cluster().getMasterAddress();
    FormationAnswer answer = master == null ? null : ask(master, own);
    if (answer == null) {
      return null;
    }
    reasons = answer.reasons();
    disk.agreeTo(answer.proposed());
    return answer.plan();
  }

  private @Nullable FormationPlan lead(Inventory own) throws IOException, InterruptedException {
    inventories.put(own.member(), own);
    for (Member member : cluster().getMembers()) {
      FormationAnswer answer = member.localMember() ? null : ask(member.getAddress(), null);
      FormationPlan formed = answer == null ? null : answer.plan();
      if (formed != null && isOfThisCluster(formed, member)) {
        return formed; // by a master that is gone
      }
    }
    inventories.keySet().removeIf(member -> cluster().getMember(member) == null);
    if (inventories.size() < cluster().getSize()) {
      reasons = List.of("some nodes are still reading their files");
      return null;
    }
    FormationPlan proposal = proposed;
    if (proposal == null || !inventories.keySet().equals(Set.copyOf(proposal.members()))) {
      proposal = propose();
      proposed = proposal;
      inventories.put(own.member(), own.agreedTo(disk.agreed()));
    }
    if (proposal == null
        || !terms.areMet(proposal, inventories.values())
        || proposal.members().stream().anyMatch(member -> cluster().getMember(member) == null)
        || !new FirstTable(service.engine()).install(proposal)) { // before anybody hears of it
      return null;
    }
    plan = proposal;
    return proposal;
  }

  /** Not so where a member that was cut off, and has formed a cluster before, merges into this. */
  private boolean isOfThisCluster(FormationPlan formed, Member teller) {
    return formed.members().contains(teller.getUuid())
        || formed.members().contains(service.localMember());
  }

  /** Has the others note the number of a plan for those that are here, if there can be one. */
  private @Nullable FormationPlan propose() throws IOException {
    switch (FormationPlanner.of(service.partitionCount(), inventories.values(), terms)) {
      case Formation.Formed(FormationPlan formable) -> {
        if (isTime(formable)) {
          disk.agreeTo(formable.incarnation());
          reasons = List.of("the nodes are noting under which number the cluster goes on");
          return formable;
        }
      }
      case Formation.Waiting(List<String> reason) -> {
        List<String> why = new ArrayList<>(reason);
        why.addAll(missing());
        if (!why.equals(reasons)) {
          log.info("the cluster is not formed yet: {}", String.join("; ", why));
        }
        reasons = why;
      }
    }
    return null;
  }

  /** Which members are not here, where their addresses are known. */
  private List<String> missing() {
    TcpIpConfig join =
        ConfigAccessor.getActiveMemberNetworkConfig(service.engine().getConfig())
            .getJoin()
            .getTcpIpConfig();
    Set<SocketAddress> here =
        cluster().getMembers().stream().map(Member::getSocketAddress).collect(Collectors.toSet());
    List<String> missing =
        join.getMembers().stream()
            .filter(member -> member.indexOf(':') > 0 && !here.contains(address(member)))
            .toList();
    return missing.isEmpty() ? List.of() : List.of("not here: " + String.join(", ", missing));
  }

  private static SocketAddress address(String member) {
    int colon = member.lastIndexOf(':');
    return new InetSocketAddress(
        member.substring(0, colon), Integer.parseInt(member.substring(colon + 1)));
  }

  private boolean isTime(FormationPlan formable) {
    if (formable.members().size() >= terms.clusterSize()) {
      return true;
    }
    long now = System.nanoTime();
    formableSinceNanos = formableSinceNanos == 0 ? now : formableSinceNanos;
    reasons = List.of("the node waits a moment for those that start at the same time");
    return now - formableSinceNanos >= LATE.toNanos();
  }

  /** What the other member says; null if it does not. */
  private @Nullable FormationAnswer ask(Address member, @Nullable Inventory own)
      throws InterruptedException {
    try {
      return service
          .engine()
          .getOperationService()
          .createInvocationBuilder(GridService.NAME, new FormationOperation(own), member)
          .setTryCount(1)
          .setCallTimeout(ASK_TIMEOUT.toMillis())
          .<FormationAnswer>invoke()
          .get(ASK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.debug("{} was asked about its files and did not answer", member, e);
      return null;
    }
  }

  /**
   * Leaves the cluster at once and for good, so that others take over: nothing that this member
   * does from now on would outlive it.
   */
  private void leave(String why) {
    log.error("this node is out of service: {}", why);
    service.registry().retire();
    reasons = List.of("the node is out of service until it is started anew: " + why);
    terminate();
  }

  private void terminate() {
    Thread.ofPlatform()
        .name("mnemogrid-out-of-service")
        .start(() -> service.engine().getHazelcastInstance().getLifecycleService().terminate());
  }

  private ClusterService cluster() {
    return service.engine().getClusterService();
  }

  private void pause() throws InterruptedException {
    if (closed.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Uninterrupted.join(thread);
    disk.close();
  }
}
