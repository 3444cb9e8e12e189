package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.mnemogrid.node.history.Fault;
import io.mnemogrid.node.history.FaultPlan;
import io.mnemogrid.node.process.FaultyCluster.Member;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One of three nodes, each in a network namespace of its own, is cut off from the others, but not
 * from clients, and comes back. Takes the settings of {@link HistoryIT}; needs Linux, the program
 * {@code ip} and the right to make network namespaces, which root has.
 */
class NetworkCutIT {
  private static final String WRITTEN_ALONE = "/v1/memory/get/written-alone?namespace=history-0";

  @RegisterExtension private final Nodes nodes = Nodes.ofATest();

  private final Deque<JsonObject> granted = new ArrayDeque<>();
  private final List<String> revoked = new ArrayList<>();

  @Test
  void whoIsCutOffRefusesAndWhatTheOthersAcknowledgedHoldsOnceItIsBack() {
    var random = new SplittableRandom(HistoryRun.SEED);
    try (SeparateNetwork network = networkOrAbort()) {
      var cluster = new FaultyCluster(nodes, network, HistoryRun.MEMBERS, HistoryRun.SETTINGS);
      for (int i = 0; i < HistoryRun.ROUNDS; i++) {
        granted.add(root(cluster.member(0)).newKeyAnswer("revoked during a cut", "*:read"));
      }
      var plan =
          FaultPlan.draw(EnumSet.of(Fault.CUT), HistoryRun.MEMBERS, HistoryRun.ROUNDS, random);
      var run = HistoryRun.of(cluster, plan, random, cutOff -> whileCutOff(cutOff, cluster));
      assertThat(run.violations()).as("violations; seed %d", HistoryRun.SEED).isEmpty();
      assertOneTruth(cluster);
    }
  }

  private static SeparateNetwork networkOrAbort() {
    try {
      return SeparateNetwork.of(HistoryRun.MEMBERS);
    } catch (Shell.CommandFailedException e) {
      return abort("this machine does not let a network be cut: " + e.getMessage());
    }
  }

  /** Nothing is written or read at the one, and what the others decide it must accept later. */
  private void whileCutOff(Member cutOff, FaultyCluster cluster) {
    ApiClient alone = root(cutOff);
    var memory =
        RandomMemories.draw("history-0", "written-alone", new SplittableRandom(HistoryRun.SEED));
    var grant =
        new JsonObject()
            .put("name", "granted alone")
            .put(
                "grants",
                new JsonArray().add(new JsonObject().put("namespace", "*").put("scope", "read")));
    assertThat(
            List.of(
                memory.storeThrough(alone).status(),
                alone.get(WRITTEN_ALONE).status(),
                memory.recallThrough(alone).status(),
                alone.post("/admin/keys", grant).status(),
                alone.get("/v1/auth/whoami").status()))
        .as("answers of the node that is cut off: store, get, recall, grant, whoami")
        .containsOnly(503);

    Member other = cluster.member((cutOff.number() + 1) % cluster.size());
    JsonObject key = granted.remove();
    root(other).delete("/admin/keys/" + key.getString("key_id")).ok();
    revoked.add(key.getString("key"));
  }

  /** What was refused is not there, and what was revoked is not accepted, at any member. */
  private void assertOneTruth(FaultyCluster cluster) {
    for (int i = 0; i < cluster.size(); i++) {
      ApiClient root = root(cluster.member(i));
      assertThat(root.get(WRITTEN_ALONE).status()).isEqualTo(404);
      for (String key : revoked) {
        assertThat(root.withKey(key).get("/v1/auth/whoami").status())
            .as("a key that was revoked during a cut; seed %d", HistoryRun.SEED)
            .isEqualTo(401);
      }
    }
  }

  private static ApiClient root(Member member) {
    return new ApiClient(member.address(), NodeProcess.ROOT_KEY);
  }
}
