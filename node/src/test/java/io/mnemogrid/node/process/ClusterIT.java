package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three nodes as one: what is done through one is so at the others at once. */
class ClusterIT {
  private static final long SEED = 20_250_917;
  private static final int TRIES = 500;
  private static final int CLIENTS = 4;
  private static final int NAMESPACES = 12;
  private static final int SHARDS = 16;
  private static final int SPREAD = 100;

  @RegisterExtension private static final Nodes NODES = Nodes.ofAClass();
  private static final List<Map<String, String>> SETTINGS =
      Nodes.clusterOf(3).stream().map(ClusterIT::patient).toList();

  private static List<NodeProcess> three = List.of();
  private static List<ApiClient> roots = List.of();

  /**
   * A member that is paused for a test is not taken for dead meanwhile, nor are the others cut off.
   */
  private static Map<String, String> patient(Map<String, String> settings) {
    Map<String, String> patient = new HashMap<>(settings);
    patient.put("MNEMOGRID_CLUSTER_HEARTBEAT_TIMEOUT", "120s");
    patient.put("MNEMOGRID_CLUSTER_LEASE_DURATION", "20s");
    return patient;
  }

  @BeforeAll
  static void startThree() {
    three = NODES.cluster(SETTINGS);
    roots = three.stream().map(ApiClient::root).toList();
  }

  @Test
  void aStoreThroughOneIsRecalledThroughAnotherAtOnce() {
    RandomMemories.makeNamespaces(roots.getFirst(), "pairs-", NAMESPACES);
    List<String> missed =
        inParallel(client -> {
          var random = new SplittableRandom(SEED + client);
          List<String> misses = new ArrayList<>();
          for (int i = 0; i < TRIES / CLIENTS; i++) {
            String id = client + "-" + i;
            var memory = RandomMemories.draw("pairs-" + random.nextInt(NAMESPACES), id, random);
            int writer = random.nextInt(roots.size());
            int reader = random.nextInt(roots.size());
            memory.storeThrough(roots.get(writer)).ok();
            if (!memory.isFoundThrough(roots.get(reader))) {
              misses.add("%s written at %d and read at %d".formatted(id, writer, reader));
            }
          }
          return misses;
        });
    assertThat(missed).as("not recalled, of %d; seed %d", TRIES, SEED).isEmpty();
  }

  @Test
  void aRevokedKeyIsRefusedEverywhereOnceTheRevokeHasReturned() {
    List<String> accepted =
        inParallel(client -> {
          List<String> failures = new ArrayList<>();
          for (int i = 0; i < TRIES / CLIENTS; i++) {
            failures.addAll(revokeOne("key-" + client + "-" + i));
          }
          return failures;
        });
    assertThat(accepted).as("of %d revoked keys", TRIES).isEmpty();
  }

  @Test
  void aRecallAnswersWithoutTheShardsOfAMemberThatIsSilent() {
    ApiClient first = roots.getFirst();
    String wide = "wide";
    first.post("/v1/namespaces", new JsonObject().put("name", wide).put("shards", SHARDS)).ok();
    JsonArray memories = new JsonArray();
    for (int i = 0; i < SPREAD; i++) {
      memories.add(new JsonObject().put("id", "m" + i).put("content", "note number " + i));
    }
    first
        .post(
            "/v1/memories/store/batch",
            new JsonObject().put("namespace", wide).put("memories", memories))
        .ok();
    var question =
        new JsonObject().put("namespace", wide).put("query", "note").put("top_k", SPREAD);
    assertThat(recalled(first, question).getBoolean("complete")).isTrue();

    for (int i = 0; i < three.size(); i++) {
      ApiClient other = roots.get((i + 1) % roots.size());
      NodeProcess silent = three.get(i);
      JsonObject partial;
      silent.pause();
      try {
        partial = recalled(other, question);
      } finally {
        silent.resume();
      }
      int found = partial.getJsonArray("memories").size();
      assertThat(partial.getBoolean("complete")).isFalse();
      assertThat(partial.getJsonArray("missing_shards").size()).isBetween(1, SHARDS - 1);
      assertThat(found).isBetween(1, SPREAD - 1);
      await("all again").until(() -> recalled(other, question).getBoolean("complete"));
      assertThat(recalled(other, question).getJsonArray("memories").size()).isEqualTo(SPREAD);
    }
  }

  private static JsonObject recalled(ApiClient node, JsonObject question) {
    return node.post("/v1/memory/recall", question).ok().json();
  }

  /** With it, two halves of the cluster could both go on. */
  @Test
  void aNodeMoreThanTheClusterIsSetForDoesNotStart() {
    Map<String, String> settings = new HashMap<>(SETTINGS.getFirst());
    int port = NodeProcess.freePort();
    settings.put("MNEMOGRID_CLUSTER_PORT", "" + port);
    settings.computeIfPresent(
        "MNEMOGRID_CLUSTER_MEMBERS", (_, three) -> three + ",127.0.0.1:" + port);
    settings.put("MNEMOGRID_CLUSTER_LEASE_DURATION", "1s"); // shorter than the timeout
    settings.put("MNEMOGRID_CLUSTER_HEARTBEAT_TIMEOUT", "2s");
    NodeProcess fourth = NODES.launch("fourth", settings);
    assertThat(fourth.awaitExit()).as(fourth.log()).isEqualTo(69);
    assertThat(fourth.log())
        .contains("the cluster has its 3 nodes already (cluster.size")
        .doesNotContain("\tat ");
    three.forEach(node -> NODES.awaitReady(node, 3));
  }

  /** Makes a key, uses it at every node, revokes it at the first, and asks the others at once. */
  private static List<String> revokeOne(String name) {
    ApiClient first = roots.getFirst();
    JsonObject key = first.newKeyAnswer(name, "pairs-*:read");
    List<ApiClient> holders =
        roots.stream().map(node -> node.withKey(key.getString("key"))).toList();
    List<String> failures = new ArrayList<>();
    for (ApiClient holder : holders) {
      int status = holder.get("/v1/auth/whoami").status();
      if (status != 200) {
        failures.add("%s refused with %d before it was revoked".formatted(name, status));
      }
    }
    first.delete("/admin/keys/" + key.getString("key_id")).ok();
    for (ApiClient holder : holders.reversed()) {
      int status = holder.get("/v1/auth/whoami").status();
      if (status != 401) {
        failures.add("%s answered with %d after it was revoked".formatted(name, status));
      }
    }
    return failures;
  }

  private interface Work {
    List<String> of(int client);
  }

  private static List<String> inParallel(Work work) {
    List<String> all = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<List<String>>> running = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        Callable<List<String>> one = () -> work.of(client);
        running.add(threads.submit(one));
      }
      for (Future<List<String>> one : running) {
        all.addAll(one.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new AssertionError("a client failed; seed " + SEED, e.getCause());
    }
    return all;
  }
}
