package io.mnemogrid.node.process;

import io.mnemogrid.node.history.Fault;
import io.mnemogrid.node.history.FaultPlan;
import io.mnemogrid.node.process.FaultyCluster.Member;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Has faults happen to a cluster under load, one after the other, and tells of each. */
final class Nemesis {
  /** Operations of clients before each fault, and while a member is away. */
  private static final int OPERATIONS_BETWEEN = 300;

  /** Well below the silence after which the others take a member for dead. */
  private static final long PAUSE_MS = 2_000;

  private final FaultyCluster cluster;
  private final Load load;
  private final Consumer<Member> whileCutOff;
  private final long startNanos = System.nanoTime();

  /**
   * @param whileCutOff is given each member that is cut off, once it has noticed
   */
  Nemesis(FaultyCluster cluster, Load load, Consumer<Member> whileCutOff) {
    this.cluster = cluster;
    this.load = load;
    this.whileCutOff = whileCutOff;
  }

  void run(FaultPlan plan) {
    for (FaultPlan.Step step : plan.steps()) {
      load.awaitMore(OPERATIONS_BETWEEN);
      for (int number : step.members()) {
        Member member = cluster.member(number);
        say(step.fault() + " " + member.name());
        happen(step.fault(), member);
      }
      cluster.awaitWhole();
      say("whole again");
    }
    load.awaitMore(OPERATIONS_BETWEEN);
  }

  private void happen(Fault fault, Member member) {
    switch (fault) {
      case KILL -> {
        cluster.kill(member);
        load.awaitMore(OPERATIONS_BETWEEN);
        cluster.join(member);
      }
      case KILL_WHILE_JOINING -> {
        cluster.kill(member);
        cluster.beginToJoin(member);
        cluster.kill(member);
        cluster.join(member);
      }
      case LEAVE, ROLL -> {
        cluster.leave(member);
        cluster.join(member);
      }
      case PAUSE -> {
        cluster.pause(member);
        rest();
        cluster.resume(member);
      }
      case PAUSE_UNTIL_DROPPED -> {
        cluster.pause(member);
        cluster.awaitDropped(member);
        cluster.resume(member);
      }
      case CUT -> {
        cluster.cut(member);
        cluster.awaitDropped(member);
        cluster.awaitRefusing(member);
        whileCutOff.accept(member);
        load.awaitMore(OPERATIONS_BETWEEN);
        cluster.heal(member);
      }
    }
  }

  /** The length of a fault, not a wait for its end. */
  private static void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void say(String what) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf("  %6.1f s, %6d operations: %s%n", seconds, load.history().size(), what);
  }
}
