package io.mnemogrid.node.grid.member;

import com.hazelcast.cluster.Member;
import com.hazelcast.spi.impl.NodeEngine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Whether this member is on the side of a split that may go on: the one with more than half of the
 * configured members. Half of them is none.
 */
public final class Majority {
  private final NodeEngine engine;
  private final int expectedMembers;
  private volatile boolean formed;
  private volatile int clusterSize;

  Majority(NodeEngine engine, int expectedMembers) {
    this.engine = engine;
    this.expectedMembers = expectedMembers;
    this.clusterSize = expectedMembers;
  }

  /** Whether this member's view of the cluster has most of its members; any thread. */
  public boolean isSeen() {
    boolean seen = engine.getClusterService().getSize() * 2 > expectedMembers;
    if (seen && !formed) {
      formed = true;
    }
    return seen;
  }

  /** Whether no member is missing. */
  boolean isWhole() {
    return engine.getClusterService().getSize() >= expectedMembers;
  }

  /** Whether most of the cluster was seen once, by this member or by those it has joined. */
  boolean wasSeen() {
    return isSeen() || formed;
  }

  /** Notes that those whom this member joins have seen most of the cluster once. */
  void wasSeenByOthers() {
    formed = true;
  }

  /** Notes for how many members those whom this member joins are set. */
  void countedOnByOthers(int members) {
    clusterSize = Math.min(expectedMembers, members);
  }

  /**
   * Members of the cluster when it is whole: as set here or, if they are fewer, as it was joined.
   */
  public int clusterSize() {
    return clusterSize;
  }

  /**
   * Whether there are not as many older members already as the cluster is set for: with more, two
   * halves of it could both go on. Always where it is set for one, which then goes on by itself.
   */
  public boolean hasPlace() {
    return clusterSize <= 1
        || engine.getClusterService().getMembers().stream()
            .limit(clusterSize)
            .anyMatch(Member::localMember);
  }

  /** Whether most of the cluster was seen once and is not any more. */
  boolean isLost() {
    return !isSeen() && formed;
  }

  /**
   * Asks the others whether they count this member in.
   *
   * @param patience after which those that have not answered are not waited for
   * @return completes once so many have said yes that they are most of the cluster with this one;
   *     at once as long as there was never one. Stays open when they do not
   */
  CompletionStage<@Nullable Void> heard(Duration patience) {
    CompletableFuture<@Nullable Void> heard = new CompletableFuture<>();
    int others = wasSeen() ? expectedMembers / 2 : 0;
    if (others == 0) {
      heard.complete(null);
      return heard;
    }
    AtomicInteger missing = new AtomicInteger(others);
    for (Member member : engine.getClusterService().getMembers()) {
      if (!member.localMember()) {
        // Hazelcast answers those who are not members, or not any more, with a failure.
        var _ =
            engine
                .getOperationService()
                .createInvocationBuilder(
                    GridService.NAME, new PresenceOperation(), member.getAddress())
                .setTryCount(1)
                .setCallTimeout(patience.toMillis())
                .<Boolean>invoke()
                .thenAccept(present -> {
                  if (missing.decrementAndGet() == 0) {
                    heard.complete(null);
                  }
                });
      }
    }
    return heard;
  }
}
