package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.history.Fault;
import io.mnemogrid.node.history.FaultPlan;
import java.util.EnumSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All of three nodes are stopped and started anew, one after the other, while clients store, look
 * up and recall through all of them, and try again as SDKs do. Takes the settings of {@link
 * HistoryIT}.
 */
class RollingRestartIT {
  @RegisterExtension private final Nodes nodes = Nodes.ofATest();

  @Test
  void noRequestFailsAndWhatIsWrittenIsReadWhileAllMembersAreRestarted() {
    var random = new SplittableRandom(HistoryRun.SEED);
    var cluster =
        new FaultyCluster(
            nodes, Network.loopback(HistoryRun.MEMBERS), HistoryRun.MEMBERS, HistoryRun.SETTINGS);
    var plan =
        FaultPlan.draw(EnumSet.of(Fault.ROLL), HistoryRun.MEMBERS, HistoryRun.ROUNDS, random);
    var run = HistoryRun.of(cluster, plan, random, _ -> {});
    assertThat(run.violations()).as("violations; seed %d", HistoryRun.SEED).isEmpty();
    assertThat(run.failures()).as("failed requests; seed %d", HistoryRun.SEED).isEmpty();
  }
}
