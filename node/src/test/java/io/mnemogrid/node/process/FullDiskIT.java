package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.mnemogrid.node.testing.FreePorts;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of one of three nodes gets full while the cluster is written to. Another seed with
 * {@code -Dfulldisk.seed=1}; needs the right to mount a file system, which root has.
 */
class FullDiskIT {
  private static final long SEED = Long.getLong("fulldisk.seed", 20_261_127);
  private static final int SIZE = 3;
  private static final int FULL = 2;
  private static final int CHANGES = 120;
  @RegisterExtension private final Nodes nodes = Nodes.ofATest();

  @TempDir private Path data;

  private final List<Integer> ports = FreePorts.draw(SIZE);
  private final String name = "test-" + System.nanoTime();

  @Test
  void aNodeWhoseDiskIsFullLeavesAndNothingIsLostAndItJoinsAgainOnceThereIsRoom() throws Exception {
    Path small = Files.createDirectory(folder(FULL));
    try (SmallDisk disk = diskOrAbort(small)) {
      System.out.printf("a full disk; seed %d%n", SEED);
      List<NodeProcess> cluster = new ArrayList<>(List.of(launch(0), launch(1), launch(FULL)));
      cluster.forEach(node -> nodes.awaitReady(node, SIZE));
      var history = new AcknowledgedHistory(SEED);
      history.makeNamespaces(ApiClient.root(cluster.getFirst()));

      ApiClient full = ApiClient.root(cluster.get(FULL));
      Runnable fill =
          () -> {
            disk.fill();
            awaitOutOfService(full);
          };
      history.change(clients(cluster), CHANGES, fill);
      var refused =
          RandomMemories.draw(history.aNamespace(), "refused", new SplittableRandom(SEED));
      assertThat(refused.storeThrough(full).status()).isEqualTo(503);
      List<NodeProcess> others = cluster.subList(0, FULL);
      others.forEach(node -> nodes.awaitReady(node, FULL));
      history.compareWith(clients(others));
      history.change(clients(others), CHANGES, () -> {});
      history.compareWith(clients(others));

      cluster.get(FULL).stop();
      cluster.get(FULL).awaitExit();
      disk.makeRoom();
      cluster.set(FULL, launch(FULL));
      cluster.forEach(node -> nodes.awaitReady(node, SIZE));
      history.change(clients(cluster), CHANGES, () -> {});
      history.compareWith(clients(cluster));
    }
  }

  private static SmallDisk diskOrAbort(Path folder) {
    try {
      return SmallDisk.at(folder, "8m");
    } catch (Shell.CommandFailedException e) {
      return abort("this machine does not let a file system be mounted: " + e.getMessage());
    }
  }

  private Path folder(int node) {
    return data.resolve("disk-" + node);
  }

  private NodeProcess launch(int node) {
    return nodes.launch(
        "node-" + (char) ('a' + node),
        Map.of(
            "MNEMOGRID_CLUSTER_NAME",
            name,
            "MNEMOGRID_CLUSTER_PORT",
            "" + ports.get(node),
            "MNEMOGRID_CLUSTER_MEMBERS",
            ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")),
            "MNEMOGRID_DATA_SEGMENT_BYTES",
            "256KiB",
            "MNEMOGRID_DATA_DIR",
            folder(node).toString()));
  }

  private static List<ApiClient> clients(List<NodeProcess> of) {
    return of.stream().map(ApiClient::root).toList();
  }

  private static void awaitOutOfService(ApiClient node) {
    await("readiness to say that the disk is full")
        .untilAsserted(() -> {
          ApiClient.Answer answer = node.get("/health/ready");
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.json().getJsonArray("reasons").toString())
              .contains("out of service until it is started anew")
              .contains("No space left on device");
          assertThat(answer.json().getJsonObject("checks").getJsonObject("storage"))
              .isEqualTo(new JsonObject().put("status", "unhealthy"));
        });
    assertThat(node.get("/health").json().getBoolean("healthy")).isFalse();
    ApiClient.Answer refused = node.get("/v1/namespaces");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.body()).contains("out of service until it is started anew");
  }
}
