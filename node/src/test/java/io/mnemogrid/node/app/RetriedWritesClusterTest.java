package io.mnemogrid.node.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Clients write through all of three members and send again whatever they have no answer to, while
 * members are killed: each write is made once. The numbers and the seed can be set: {@code
 * -Dretries.clients=64 -Dretries.increments=200 -Dretries.seed=1}.
 */
class RetriedWritesClusterTest {
  private static final long SEED = Long.getLong("retries.seed", 20_261_126);
  private static final int CLIENTS = Integer.getInteger("retries.clients", 16);
  private static final int INCREMENTS = Integer.getInteger("retries.increments", 50);
  private static final int COUNTERS = 5;
  private static final int STORES = 60;
  private static final int SHARDS = 16;

  private final ServedGrid grid = ServedGrid.of(3);
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger resent = new AtomicInteger();

  @AfterEach
  void close() {
    grid.close();
  }

  @Test
  void everyIncrementIsCountedOnceWhileMembersAreKilled() {
    RetryingClient root = client(-1);
    makeNamespace(root, "counters");
    for (int i = 0; i < COUNTERS; i++) {
      JsonObject counter = memory("counters").put("id", "counter-" + i).put("metadata", count(0));
      root.send("POST", "/v1/memory/store", counter, Map.of("If-None-Match", "*")).ok();
    }
    whileMembersAreKilled(
        CLIENTS * INCREMENTS,
        client -> {
          for (int i = 0; i < INCREMENTS; i++) {
            increment(client);
            done.incrementAndGet();
          }
        });
    int total = 0;
    int versions = 0;
    for (int i = 0; i < COUNTERS; i++) {
      JsonObject counter = root.send("GET", pathOf(i), null, Map.of()).ok().json();
      total += countOf(counter);
      versions += counter.getInteger("version") - 1;
    }
    assertThat(total).as("increments; seed %d", SEED).isEqualTo(CLIENTS * INCREMENTS);
    assertThat(versions).as("writes; seed %d", SEED).isEqualTo(CLIENTS * INCREMENTS);
  }

  /** Reads and writes until no other client comes between. */
  private static void increment(RetryingClient client) {
    String path = pathOf(client.random().nextInt(COUNTERS));
    int status;
    do {
      RetryingClient.Answer read = client.send("GET", path, null, Map.of()).ok();
      JsonObject change = new JsonObject().put("metadata", count(countOf(read.json()) + 1));
      RetryingClient.Answer written =
          client.send(
              "PUT",
              path.replace("/get/", "/update/"),
              change,
              Map.of("If-Match", read.etag(), "Idempotency-Key", client.drawKey()));
      status = written.status();
      assertThat(status).as(written.body()).isIn(200, 412);
    } while (status != 200);
  }

  @Test
  void everyStoreIsMadeOnceAndAnsweredAlikeWhileMembersAreKilled() {
    RetryingClient root = client(-1);
    makeNamespace(root, "stores");
    Set<String> ids = ConcurrentHashMap.newKeySet();
    whileMembersAreKilled(
        CLIENTS * STORES,
        client -> {
          for (int i = 0; i < STORES; i++) {
            ids.addAll(storeTwice(client));
            done.incrementAndGet();
          }
        });
    JsonObject namespace = root.send("GET", "/v1/namespaces/stores", null, Map.of()).ok().json();
    assertThat(namespace.getInteger("vector_count"))
        .as("memories; seed %d", SEED)
        .isEqualTo(ids.size());
    for (String id : ids) {
      root.send("GET", "/v1/memory/get/" + id + "?namespace=stores", null, Map.of()).ok();
    }
  }

  /** Stores something and, once it is answered, says the same again; answers its ids. */
  private static Set<String> storeTwice(RetryingClient client) {
    Map<String, String> named = Map.of("Idempotency-Key", client.drawKey());
    JsonObject body = memory("stores").put("content", "content " + client.drawKey());
    String path = "/v1/memory/store";
    switch (client.random().nextInt(3)) {
      case 0 -> body.put("id", client.drawKey());
      case 1 -> {
        path = "/v1/memories/store/batch";
        body = new JsonObject().put("namespace", "stores").put("memories", rows(client));
      }
      default -> {} // an id of the server's
    }
    RetryingClient.Answer first = client.send("POST", path, body, named).ok();
    RetryingClient.Answer second = client.send("POST", path, body, named).ok();
    assertThat(second.json()).isEqualTo(first.json());
    assertThat(second.etag()).isEqualTo(first.etag());
    Set<String> ids = new HashSet<>();
    JsonArray stored = first.json().getJsonArray("stored");
    if (stored == null) {
      ids.add(first.json().getJsonObject("memory").getString("id"));
    } else {
      stored.forEach(row -> ids.add(((JsonObject) row).getString("id")));
      assertThat(ids).hasSize(stored.size());
    }
    return ids;
  }

  /** Rows of which some have ids of the client's own. */
  private static JsonArray rows(RetryingClient client) {
    JsonArray rows = new JsonArray();
    for (int i = 0; i < 4; i++) {
      JsonObject row = memory("stores").put("content", "row " + client.drawKey());
      rows.add(client.random().nextBoolean() ? row.put("id", client.drawKey()) : row);
    }
    return rows;
  }

  /** Has clients work at the same time; two members are killed and replaced meanwhile. */
  private void whileMembersAreKilled(int steps, Consumer<RetryingClient> work) {
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        RetryingClient client = client(i);
        clients.add(
            CompletableFuture.runAsync(() -> work.accept(client), threads)
                .thenRun(() -> resent.addAndGet(client.resent())));
      }
      CompletableFuture<Void> all =
          CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new));
      awaitDone(steps / 5, all);
      grid.kill(2);
      awaitDone(steps * 2 / 5, all);
      grid.join();
      awaitDone(steps * 3 / 5, all);
      grid.kill(1);
      awaitDone(steps * 4 / 5, all);
      grid.join();
      all.join();
    } catch (CompletionException e) {
      throw new AssertionError("a client failed; seed " + SEED, e.getCause());
    }
    System.out.printf(
        "%d steps of %d clients, two members killed: %d requests sent again; seed %d%n",
        done.get(), CLIENTS, resent.get(), SEED);
  }

  private void awaitDone(int steps, CompletableFuture<Void> all) {
    await()
        .atMost(ServedGrid.HANG)
        .failFast("a client failed; seed " + SEED, all::isCompletedExceptionally)
        .until(() -> done.get() >= steps);
  }

  private RetryingClient client(int number) {
    return new RetryingClient(grid.addresses(), SEED * 1_000 + number);
  }

  private static void makeNamespace(RetryingClient root, String name) {
    JsonObject namespace =
        new JsonObject()
            .put("name", name)
            .put("shards", SHARDS)
            .put("model", "own-vectors")
            .put("dimension", 3);
    root.send("POST", "/v1/namespaces", namespace, Map.of()).ok();
  }

  private static JsonObject memory(String namespace) {
    return new JsonObject()
        .put("namespace", namespace)
        .put("content", "a counter")
        .put("embedding", new JsonArray().add(1).add(0).add(0));
  }

  private static String pathOf(int counter) {
    return "/v1/memory/get/counter-" + counter + "?namespace=counters";
  }

  private static JsonObject count(int count) {
    return new JsonObject().put("count", count);
  }

  private static int countOf(JsonObject counter) {
    return counter.getJsonObject("metadata").getInteger("count");
  }
}
