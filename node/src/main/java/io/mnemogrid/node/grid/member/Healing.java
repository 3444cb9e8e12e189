package io.mnemogrid.node.grid.member;

import com.hazelcast.internal.partition.IPartition;
import io.mnemogrid.node.grid.registry.Revokes;
import io.mnemogrid.node.grid.shard.Remnant;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Uninterrupted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one truth of two after a split: what this member held on the side that gives way is taken
 * out before it joins the other, and brought to the owners there, on a thread of its own and for as
 * long as that takes, also if the cluster splits again meanwhile.
 *
 * <p>Owner and backups bring the same, so it is enough that one of them lives.
 */
public final class Healing implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Healing.class);

  private static final Duration LONGEST_TAKING = Duration.ofMinutes(10);

  private final GridService service;
  private final LinkedBlockingQueue<Side> sides = new LinkedBlockingQueue<>();
  private volatile int open;
  private final Thread thread =
      Thread.ofPlatform().name("mnemogrid-healing").daemon().unstarted(this::work);

  Healing(GridService service) {
    this.service = service;
  }

  /**
   * What this member held.
   *
   * @param known the namespaces by their uid, as that side knew them
   */
  private record Side(List<Remnant> remnants, Revokes revokes, Map<Long, Namespace> known) {}

  void start() {
    thread.start();
  }

  /** Whether there is something that the others do not have yet. */
  public boolean isUnderWay() {
    return open > 0;
  }

  /** Takes all that this member holds out of its containers. */
  void takeAll() {
    setOpen(1);
    ConcurrentLinkedQueue<Remnant> taken = new ConcurrentLinkedQueue<>();
    AtomicReference<Revokes> revokes = new AtomicReference<>(Revokes.NONE);
    service
        .threads()
        .onEach(
            partition -> {
              Remnant remnant =
                  Remnant.takenFrom(partition, isOwned(partition), service.container(partition));
              if (!remnant.isEmpty()) {
                taken.add(remnant);
              }
              if (service.registryAuthority().isIn(partition)) {
                revokes.set(service.registryAuthority().backupsTable().revokes());
              }
            },
            LONGEST_TAKING); // what is taken later would be lost
    Map<Long, Namespace> known =
        service.registry().namespaces().stream()
            .collect(Collectors.toMap(Namespace::uid, Function.identity()));
    sides.add(new Side(List.copyOf(taken), Objects.requireNonNull(revokes.get()), known));
  }

  private synchronized void setOpen(int change) {
    open += change;
  }

  private boolean isOwned(int partitionId) {
    IPartition partition = service.partitions().getPartition(partitionId);
    return service.engine().getThisAddress().equals(partition.getOwnerOrNull());
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Side side = sides.take();
        try {
          heal(side);
        } catch (RuntimeException | Error e) {
          log.error("what this node held during a split was not merged as a whole", e);
        }
        setOpen(-1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void heal(Side side) throws InterruptedException {
    RemnantMerge merge = new RemnantMerge(service, side.known());
    Deque<Remnant> left = new ArrayDeque<>(side.remnants());
    try {
      revoke(side.revokes(), merge);
      while (!left.isEmpty()) {
        boolean done = merge.all(left.element());
        Remnant brought = left.remove();
        if (done) {
          brought.close();
        } else {
          log.warn("partition {} cannot be merged yet; others are first", brought.partitionId());
          left.add(brought);
        }
      }
    } finally {
      left.forEach(Remnant::close);
    }
    log.info(
        "merged {} partitions of the other side of a split: {}",
        side.remnants().size(),
        merge.summary());
  }

  private void revoke(Revokes revokes, RemnantMerge merge) throws InterruptedException {
    merge.untilDone(() -> {
      for (String name : revokes.against(service.registry().entries()).keySet()) {
        Transitions.await(
            service.registryClient().change(name, present -> present.flatMap(revokes::after)));
      }
      return revokes.against(service.registry().entries()).isEmpty();
    });
  }

  /** What is not merged is freed too. */
  @Override
  public void close() {
    thread.interrupt();
    Uninterrupted.join(thread);
    Side left = sides.poll();
    while (left != null) {
      left.remnants().forEach(Remnant::close);
      left = sides.poll();
    }
  }
}
