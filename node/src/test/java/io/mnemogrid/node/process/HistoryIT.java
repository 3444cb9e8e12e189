package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.history.Fault;
import io.mnemogrid.node.history.FaultPlan;
import java.util.EnumSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What clients see of three nodes of which one is killed, killed again while it joins, and paused.
 * A request may fail for good meanwhile: its three tries may all meet a member that stands still,
 * waits for one, or does not know yet that it was dropped.
 *
 * <p>As many clients and rounds of faults as wanted, and another seed:
 *
 * <pre>{@code
 * mvn verify -pl node -am -Dtest=None -Dit.test=HistoryIT,RollingRestartIT,NetworkCutIT \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
 *   -Dhistory.clients=64 -Dhistory.rounds=5 -Dhistory.seed=1
 * }</pre>
 */
class HistoryIT {
  @RegisterExtension private final Nodes nodes = Nodes.ofATest();

  @Test
  void nothingIsLostOrComesBackOrIsStaleWhileMembersComeAndGo() {
    var random = new SplittableRandom(HistoryRun.SEED);
    var faults =
        EnumSet.of(Fault.KILL, Fault.KILL_WHILE_JOINING, Fault.PAUSE, Fault.PAUSE_UNTIL_DROPPED);
    var cluster =
        new FaultyCluster(
            nodes, Network.loopback(HistoryRun.MEMBERS), HistoryRun.MEMBERS, HistoryRun.SETTINGS);
    var plan = FaultPlan.draw(faults, HistoryRun.MEMBERS, HistoryRun.ROUNDS, random);
    var run = HistoryRun.of(cluster, plan, random, _ -> {});
    assertThat(run.failures().size())
        .as("failed of %d requests; seed %d", run.requests(), HistoryRun.SEED)
        .isLessThan(run.requests() / 50);
    assertThat(run.violations()).as("violations; seed %d", HistoryRun.SEED).isEmpty();
  }
}
