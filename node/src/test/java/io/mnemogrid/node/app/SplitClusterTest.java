package io.mnemogrid.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.testing.RetryingClient;
import io.mnemogrid.node.testing.SteeredNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A namespace grows from one shard to eight while clients store, update, forget and recall through
 * all of three members. Each memory has one client that writes it, and whatever is answered to it
 * is read through a member drawn at random: nothing is lost, comes back, is stale or is made twice.
 * The seed can be set: {@code -Dsplit.seed=1}.
 */
@Tag("compiled")
class SplitClusterTest {
  private static final long SEED = Long.getLong("split.seed", 20_261_126);
  private static final int CLIENTS = 6;
  private static final int SHARDS = 8;
  private static final int SPLIT_ABOVE = 60;
  private static final int DIMENSION = 16;
  private static final String NAME = "growing";

  private final ServedGrid grid = ServedGrid.splitting(3, SPLIT_ABOVE);
  private final AtomicBoolean grown = new AtomicBoolean();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicLong longestNanos = new AtomicLong();

  @AfterEach
  void close() {
    grid.close();
  }

  @Test
  void nothingIsMissedWhileItGrowsFromOneShardToEight() {
    Set<Integer> seen = new HashSet<>();
    run(root -> await().until(() -> shards(root, seen) >= SHARDS));
    assertThat(seen)
        .as("numbers of shards that were seen")
        .contains(1)
        .allMatch(SplitClusterTest::isPower);
    System.out.printf("the longest write waited for %d ms%n", longestNanos.get() / 1_000_000);
  }

  @Test
  void nothingIsMissedWhenMembersAreKilledWhileItIsSplit() {
    Set<Integer> seen = new HashSet<>();
    run(root -> {
      await().until(() -> isSplitting());
      grid.kill();
      await().until(() -> shards(root, seen) >= SHARDS / 2);
      grid.join();
      await().until(() -> isSplitting() || shards(root, seen) >= SHARDS);
      grid.kill();
      await().until(() -> shards(root, seen) >= SHARDS);
    });
  }

  /** What happens while the clients work. */
  private interface Course {
    void run(RetryingClient root);
  }

  private void run(Course course) {
    RetryingClient root = client(-1);
    JsonObject namespace =
        new JsonObject().put("name", NAME).put("model", "own-vectors").put("dimension", DIMENSION);
    root.send("POST", "/v1/namespaces", namespace, Map.of()).ok();
    List<Register> registers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1)) {
      CompletableFuture<Void> failed = new CompletableFuture<>();
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        Register register = new Register(i);
        registers.add(register);
        clients.add(CompletableFuture.runAsync(register::work, threads));
        clients
            .getLast()
            .exceptionally(failure -> {
              failed.completeExceptionally(failure);
              return null;
            });
      }
      CompletableFuture<Void> events = CompletableFuture.runAsync(() -> course.run(root), threads);
      try {
        CompletableFuture.anyOf(events, failed).join();
      } finally {
        grown.set(true);
      }
      CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw new AssertionError("a client failed; seed " + SEED, e.getCause());
    }
    for (Register register : registers) {
      register.readAll();
    }
    int count = registers.stream().mapToInt(register -> register.versions.size()).sum();
    JsonObject after = root.send("GET", path(), null, Map.of()).ok().json();
    assertThat(after.getInteger("vector_count")).as("memories; seed %d", SEED).isEqualTo(count);
    System.out.printf(
        "%d writes of %d clients, %d memories in %d shards; seed %d%n",
        writes.get(), CLIENTS, count, after.getInteger("shards"), SEED);
  }

  private boolean isSplitting() {
    return grid.grid(0).namespaces().find(NAME).filter(Namespace::isSplitting).isPresent();
  }

  private static int shards(RetryingClient root, Set<Integer> seen) {
    JsonObject namespace = root.send("GET", path(), null, Map.of()).ok().json();
    int shards = namespace.getInteger("shards");
    seen.add(shards);
    JsonObject split = namespace.getJsonObject("split");
    if (split != null) {
      assertThat(split.getInteger("into")).isIn(shards, shards * 2);
      assertThat(split.getInteger("moved") + split.getInteger("remaining"))
          .isEqualTo(split.getInteger("total"));
    }
    return shards;
  }

  private static boolean isPower(int shards) {
    return Integer.bitCount(shards) == 1;
  }

  private static String path() {
    return "/v1/namespaces/" + NAME;
  }

  private RetryingClient client(int number) {
    return new RetryingClient(grid.addresses(), SteeredNode.ROOT_KEY, SEED * 1_000 + number);
  }

  /** A client, and the memories that it alone writes. */
  private final class Register {
    private final RetryingClient client;
    private final SplittableRandom random;
    private final Map<String, Integer> versions = new HashMap<>();
    private final Set<String> forgotten = new HashSet<>();

    Register(int number) {
      this.client = client(number);
      this.random = client.random();
    }

    void work() {
      while (!grown.get()) {
        switch (versions.isEmpty() ? 0 : random.nextInt(8)) {
          case 0, 1, 2, 3 -> store();
          case 4 -> storeBatch();
          case 5, 6 -> update(any());
          default -> forget(any());
        }
        writes.incrementAndGet();
      }
    }

    private String any() {
      return versions.keySet().stream()
          .skip(random.nextInt(versions.size()))
          .findFirst()
          .orElseThrow();
    }

    private RetryingClient.Answer timed(
        String method, String path, JsonObject body, Map<String, String> headers) {
      long began = System.nanoTime();
      RetryingClient.Answer answer = client.send(method, path, body, headers);
      longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
      return answer;
    }

    /** Under an id of the server's or of its own; perhaps it is sent twice. */
    private void store() {
      JsonObject body = memory(client.drawKey());
      if (random.nextBoolean()) {
        body.put("id", client.drawKey());
      }
      Map<String, String> named = Map.of("Idempotency-Key", client.drawKey());
      RetryingClient.Answer stored = timed("POST", "/v1/memory/store", body, named).ok();
      String id = stored.json().getJsonObject("memory").getString("id");
      versions.put(id, 1);
      read(id);
      if (random.nextInt(3) == 0) {
        assertThat(client.send("POST", "/v1/memory/store", body, named).ok().json())
            .as("the same answer; seed %d", SEED)
            .isEqualTo(stored.json());
        read(id);
      }
    }

    private void storeBatch() {
      JsonArray rows = new JsonArray();
      for (int i = 0; i < 4; i++) {
        JsonObject row = memory(client.drawKey());
        rows.add(random.nextBoolean() ? row.put("id", client.drawKey()) : row);
      }
      JsonObject body = new JsonObject().put("namespace", NAME).put("memories", rows);
      Map<String, String> named = Map.of("Idempotency-Key", client.drawKey());
      String path = "/v1/memories/store/batch";
      JsonObject stored = timed("POST", path, body, named).ok().json();
      List<String> ids =
          stored.getJsonArray("stored").stream()
              .map(row -> ((JsonObject) row).getString("id"))
              .toList();
      ids.forEach(id -> versions.put(id, 1));
      ids.forEach(this::read);
      assertThat(client.send("POST", path, body, named).ok().json())
          .as("the same answer; seed %d", SEED)
          .isEqualTo(stored);
    }

    private void update(String id) {
      JsonObject change = new JsonObject().put("importance", random.nextInt(1, 10) / 10.0);
      Map<String, String> headers =
          Map.of(
              "Idempotency-Key",
              client.drawKey(),
              "If-Match",
              "\"%d\"".formatted(versions.get(id)));
      timed("PUT", "/v1/memory/update/" + id + "?namespace=" + NAME, change, headers).ok();
      versions.merge(id, 1, Integer::sum);
      read(id);
    }

    private void forget(String id) {
      JsonObject which =
          new JsonObject().put("namespace", NAME).put("memory_ids", new JsonArray().add(id));
      timed("POST", "/v1/memory/forget", which, Map.of()).ok();
      versions.remove(id);
      forgotten.add(id);
      read(id);
    }

    void readAll() {
      versions.keySet().forEach(this::read);
      forgotten.forEach(this::read);
    }

    /** Reads and recalls a memory as it must be now. */
    private void read(String id) {
      RetryingClient.Answer read =
          client.send("GET", "/v1/memory/get/" + id + "?namespace=" + NAME, null, Map.of());
      Integer version = versions.get(id);
      assertThat(read.status()).as("%s; seed %d", id, SEED).isEqualTo(version == null ? 404 : 200);
      if (version == null) {
        return;
      }
      assertThat(read.json().getInteger("version"))
          .as("version of %s; seed %d", id, SEED)
          .isEqualTo(version);
      JsonObject question =
          new JsonObject()
              .put("namespace", NAME)
              .put("embedding", vector(read.json().getString("content")))
              .put("top_k", 3);
      JsonObject recalled =
          client.send("POST", "/v1/memory/recall", question, Map.of()).ok().json();
      assertThat(recalled.getBoolean("complete")).as("complete; seed %d", SEED).isTrue();
      assertThat(
              recalled.getJsonArray("memories").stream()
                  .map(hit -> ((JsonObject) hit).getJsonObject("memory").getString("id")))
          .as("seed %d", SEED)
          .contains(id);
    }

    private JsonObject memory(String content) {
      return new JsonObject()
          .put("namespace", NAME)
          .put("content", content)
          .put("embedding", vector(content));
    }
  }

  /** The same for the same content. */
  private static JsonArray vector(String content) {
    SplittableRandom random = new SplittableRandom(content.hashCode());
    JsonArray vector = new JsonArray();
    IntStream.range(0, DIMENSION).forEach(_ -> vector.add(random.nextGaussian()));
    return vector;
  }
}
