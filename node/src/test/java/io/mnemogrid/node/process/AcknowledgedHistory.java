package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.process.RandomMemories.RandomMemory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Memories that several writers store, store anew, update and forget, each its own; and what of it
 * was answered, to be compared with what is there.
 */
final class AcknowledgedHistory {
  private static final int WRITERS = 4;
  private static final int NAMESPACES = 6;
  private static final String PREFIX = "history-";
  private static final int MOST_LISTED = 1_000;

  private final SplittableRandom random;
  private final long seed;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private int rounds;

  /** What a reader must find under an id. */
  private sealed interface Known {
    record Stored(RandomMemory memory) implements Known {}

    record Forgotten(RandomMemory memory) implements Known {}

    /**
     * A change was not answered: it is there or not, as a whole.
     *
     * @param changed what is there if it is
     */
    record Open(Known before, Known changed) implements Known {}
  }

  private enum Change {
    STORE,
    UPDATE,
    FORGET
  }

  AcknowledgedHistory(long seed) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  void makeNamespaces(ApiClient client) {
    RandomMemories.makeNamespaces(client, PREFIX, NAMESPACES);
  }

  String aNamespace() {
    return PREFIX + 0;
  }

  /**
   * Makes changes through any node, and does something while that goes on, once so many were
   * answered.
   */
  void change(List<ApiClient> clients, int answered, Runnable then) {
    AtomicInteger count = new AtomicInteger();
    AtomicBoolean stop = new AtomicBoolean();
    rounds++;
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    try (var writers = Executors.newFixedThreadPool(WRITERS)) {
      try {
        for (int i = 0; i < WRITERS; i++) {
          String writer = rounds + "-" + i;
          SplittableRandom own = random.split();
          ends.add(
              CompletableFuture.runAsync(() -> write(writer, own, clients, count, stop), writers));
        }
        await("answered changes").until(() -> count.get() >= answered);
        then.run();
      } finally {
        stop.set(true); // before the end of the pool, which waits for its writers
      }
    }
    ends.forEach(CompletableFuture::join);
  }

  private void write(
      String writer,
      SplittableRandom own,
      List<ApiClient> clients,
      AtomicInteger count,
      AtomicBoolean stop) {
    Map<String, RandomMemory> mine = new HashMap<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; !stop.get(); i++) {
      boolean isNew = ids.isEmpty() || own.nextInt(10) < 6;
      String id = isNew ? writer + "-" + i : ids.get(own.nextInt(ids.size()));
      RandomMemory before = mine.get(id);
      String namespace = before == null ? PREFIX + own.nextInt(NAMESPACES) : before.namespace();
      RandomMemory memory = RandomMemories.draw(namespace, id, own);
      if (isNew) {
        ids.add(id);
      }
      Change change = isNew ? Change.STORE : Change.values()[own.nextInt(3)];
      mine.put(id, memory);
      Known knownBefore = known.getOrDefault(id, new Known.Forgotten(memory));
      Known changed =
          change == Change.FORGET ? new Known.Forgotten(memory) : new Known.Stored(memory);
      known.put(id, new Known.Open(knownBefore, changed));
      ApiClient client = clients.get(own.nextInt(clients.size()));
      try {
        ApiClient.Answer answer =
            switch (change) {
              case STORE -> memory.storeThrough(client);
              case UPDATE -> memory.updateThrough(client);
              case FORGET -> forget(client, memory);
            };
        if (answer.status() / 100 == 2) {
          known.put(id, changed);
          count.incrementAndGet();
        } else if (answer.status() == 404) {
          known.put(id, knownBefore); // an update of what is not there changes nothing
        }
      } catch (UncheckedIOException e) {
        // The node was killed: whether the change was made is not known.
      }
    }
  }

  private static ApiClient.Answer forget(ApiClient client, RandomMemory memory) {
    return client.post(
        "/v1/memory/forget",
        new JsonObject()
            .put("namespace", memory.namespace())
            .put("memory_ids", new JsonArray().add(memory.id())));
  }

  /**
   * Reads all, each through one of the nodes, finds the newest by their vectors, and lists what
   * there is: nothing else is.
   */
  void compareWith(List<ApiClient> clients) {
    List<String> wrong = new ArrayList<>();
    Map<String, Boolean> isThere = new HashMap<>();
    int turn = 0;
    for (Map.Entry<String, Known> each : known.entrySet()) {
      ApiClient client = clients.get(turn++ % clients.size());
      Optional<Known> right =
          possible(each.getValue()).filter(one -> isRight(one, client)).findFirst();
      if (right.isEmpty()) {
        wrong.add(each.toString());
      }
      isThere.put(each.getKey(), right.orElse(null) instanceof Known.Stored);
    }
    assertThat(wrong).as("wrong of %d memories; seed %d", known.size(), seed).isEmpty();
    List<String> listed = new ArrayList<>();
    for (int i = 0; i < NAMESPACES; i++) {
      listed.addAll(listedThrough(clients.get(i % clients.size()), PREFIX + i));
    }
    isThere.values().removeIf(there -> !there);
    assertThat(listed).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(isThere.keySet());
  }

  private static Stream<Known> possible(Known known) {
    return known instanceof Known.Open(Known before, Known changed)
        ? Stream.concat(possible(changed), possible(before))
        : Stream.of(known);
  }

  private static boolean isRight(Known known, ApiClient client) {
    return switch (known) {
      case Known.Stored(RandomMemory memory) ->
          memory.isReadThrough(client) && memory.isFoundThrough(client);
      case Known.Forgotten(RandomMemory memory) ->
          client.get("/v1/memory/get/" + memory.id() + "?namespace=" + memory.namespace()).status()
              == 404;
      case Known.Open open -> possible(open).anyMatch(one -> isRight(one, client));
    };
  }

  /** The ids of all that is in a namespace, as many as it says that it has. */
  private static List<String> listedThrough(ApiClient client, String namespace) {
    JsonObject all = new JsonObject().put("namespace", namespace).put("limit", MOST_LISTED);
    JsonObject answer = client.post("/v1/memories/recall/batch", all).ok().json();
    List<String> ids =
        answer.getJsonArray("memories").stream()
            .map(memory -> ((JsonObject) memory).getString("id"))
            .toList();
    assertThat(answer.getInteger("total")).isEqualTo(ids.size());
    assertThat(client.get("/v1/namespaces/" + namespace).ok().json().getInteger("vector_count"))
        .isEqualTo(ids.size());
    return ids;
  }
}
