package io.mnemogrid.node.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
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

/**
 * Clients that write through all members of a cluster, and send again whatever they have no answer
 * to, while members are killed twice: each write must be made once. The numbers and the seed can be
 * set: {@code -Dretries.clients=64 -Dretries.increments=200 -Dretries.seed=1}.
 */
public final class RetriedWrites {
  private static final long SEED = Long.getLong("retries.seed", 20_261_126);
  private static final int CLIENTS = Integer.getInteger("retries.clients", 16);
  private static final int INCREMENTS = Integer.getInteger("retries.increments", 25);

  /** Few enough that clients come in each other's way at each of them. */
  private static final int COUNTERS = Math.max(2, CLIENTS / 4);

  private static final int STORES = 30;
  private static final int SHARDS = 16;
  private static final String STORE = "/v1/memory/store";

  private final Cluster cluster;
  private final String rootKey;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger resent = new AtomicInteger();

  /** Members that a test can do without, one at a time. */
  public interface Cluster {
    /** Where the members that are alive listen; changes as they go and come. */
    List<URI> addresses();

    /** Ends a member as a crash would. */
    void kill();

    /** Takes in another in its place; when it returns, one more may be killed. */
    void join();
  }

  public RetriedWrites(Cluster cluster, String rootKey) {
    this.cluster = cluster;
    this.rootKey = rootKey;
  }

  /** Counters that are read and written back under {@code If-Match} miss and double nothing. */
  public void countExactly() {
    RetryingClient root = client(-1);
    makeNamespace(root, "counters");
    for (int i = 0; i < COUNTERS; i++) {
      JsonObject counter = memory("counters").put("id", "counter-" + i).put("metadata", count(0));
      root.send("POST", STORE, counter, Map.of("If-None-Match", "*")).ok();
    }
    whileMembersAreKilled(
        INCREMENTS,
        client -> {
          increment(client);
          done.incrementAndGet();
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

  /** Stores under an {@code Idempotency-Key} are made once and answered alike each time. */
  public void storeOnce() {
    RetryingClient root = client(-1);
    makeNamespace(root, "stores");
    Set<String> ids = ConcurrentHashMap.newKeySet();
    whileMembersAreKilled(
        STORES,
        client -> {
          ids.addAll(storeTwice(client));
          done.incrementAndGet();
        });
    assertThat(memoriesIn("stores", root)).as("memories; seed %d", SEED).isEqualTo(ids.size());
    for (String id : ids) {
      root.send("GET", "/v1/memory/get/" + id + "?namespace=stores", null, Map.of()).ok();
    }
  }

  /** Stores something and, once it is answered, says the same again; answers its ids. */
  private static Set<String> storeTwice(RetryingClient client) {
    Map<String, String> named = Map.of("Idempotency-Key", client.drawKey());
    JsonObject body = memory("stores").put("content", "content " + client.drawKey());
    String path = STORE;
    switch (client.random().nextInt(3)) {
      case 0 -> body.put("id", client.drawKey());
      case 1 -> {
        path = "/v1/memories/store/batch";
        body = new JsonObject().put("namespace", "stores").put("memories", rows(client));
      }
      default -> {} // an id of the server's
    }
    RetryingClient.Answer first = client.send("POST", path, body, named).ok();
    assertThat(client.send("POST", path, body, named)).isEqualTo(first);
    JsonArray stored = first.json().getJsonArray("stored");
    if (stored == null) {
      return Set.of(first.json().getJsonObject("memory").getString("id"));
    }
    Set<String> ids = new HashSet<>();
    stored.forEach(row -> ids.add(((JsonObject) row).getString("id")));
    assertThat(ids).hasSize(stored.size());
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

  /** Who takes a dead member's place has the first answers, to stores that all seem to be lost. */
  public void answerFromWhoTookOver() {
    RetryingClient client = client(-1);
    makeNamespace(client, "taken-over");
    Map<String, RetryingClient.Answer> answers = new HashMap<>();
    for (int i = 0; i < STORES; i++) {
      JsonObject body = memory("taken-over").put("content", "content " + i);
      Map<String, String> named = Map.of("Idempotency-Key", "key-" + i);
      answers.put("key-" + i, client.send("POST", STORE, body, named).ok());
    }
    cluster.kill();
    assertAnsweredAlike(client, answers);
    cluster.join();
    cluster.kill();
    assertAnsweredAlike(client, answers);
    assertThat(memoriesIn("taken-over", client)).isEqualTo(STORES);
  }

  private static void assertAnsweredAlike(
      RetryingClient client, Map<String, RetryingClient.Answer> answers) {
    answers.forEach((key, first) -> {
      String content = first.json().getJsonObject("memory").getString("content");
      JsonObject body = memory("taken-over").put("content", content);
      assertThat(client.send("POST", STORE, body, Map.of("Idempotency-Key", key)))
          .as("%s; seed %d", key, SEED)
          .isEqualTo(first);
    });
  }

  /** Has all clients take so many steps each; members are killed and replaced meanwhile. */
  private void whileMembersAreKilled(int steps, Consumer<RetryingClient> step) {
    int all = steps * CLIENTS;
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        RetryingClient client = client(i);
        clients.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int taken = 0; taken < steps; taken++) {
                    step.accept(client);
                  }
                  resent.addAndGet(client.resent());
                },
                threads));
      }
      CompletableFuture<Void> running =
          CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new));
      awaitDone(all / 5, clients);
      cluster.kill();
      awaitDone(all * 2 / 5, clients);
      cluster.join();
      awaitDone(all * 3 / 5, clients);
      cluster.kill();
      awaitDone(all * 4 / 5, clients);
      cluster.join();
      running.join();
    } catch (CompletionException e) {
      throw new AssertionError("a client failed; seed " + SEED, e.getCause());
    }
    System.out.printf(
        "%d steps of %d clients, members killed twice: %d requests sent again; seed %d%n",
        done.get(), CLIENTS, resent.get(), SEED);
  }

  private void awaitDone(int steps, List<CompletableFuture<Void>> clients) {
    await()
        .until(() ->
            done.get() >= steps
                || clients.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
  }

  private RetryingClient client(int number) {
    return new RetryingClient(cluster.addresses(), rootKey, SEED * 1_000 + number);
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

  private static int memoriesIn(String namespace, RetryingClient root) {
    return root.send("GET", "/v1/namespaces/" + namespace, null, Map.of())
        .ok()
        .json()
        .getInteger("vector_count");
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
