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
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memories that several writers store, store anew, update and forget, each its own; and what of it
 * was answered, to be compared with what is there.
 */
final class AcknowledgedHistory {
  private static final int WRITERS = 4;
  private static final int NAMESPACES = 6;
  private static final String PREFIX = "history-";

  private final SplittableRandom random;
  private final long seed;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private int rounds;

  /** What a reader must find under an id. */
  private sealed interface Known {
    record Stored(RandomMemory memory) implements Known {}

    record Forgotten(RandomMemory memory) implements Known {}

    /** The last change was not answered: it is there or not, as a whole. */
    record Open() implements Known {}
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
      Known knownBefore = known.put(id, new Known.Open());
      ApiClient client = clients.get(own.nextInt(clients.size()));
      try {
        ApiClient.Answer answer =
            switch (change) {
              case STORE -> memory.storeThrough(client);
              case UPDATE -> memory.updateThrough(client);
              case FORGET -> forget(client, memory);
            };
        if (answer.status() / 100 == 2) {
          known.put(
              id, change == Change.FORGET ? new Known.Forgotten(memory) : new Known.Stored(memory));
          count.incrementAndGet();
        } else if (answer.status() == 404 && knownBefore != null) {
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

  /** Reads all, each through one of the nodes, and finds the newest by their vectors. */
  void compareWith(List<ApiClient> clients) {
    List<String> wrong = new ArrayList<>();
    int turn = 0;
    for (Map.Entry<String, Known> each : known.entrySet()) {
      ApiClient client = clients.get(turn++ % clients.size());
      boolean isRight =
          switch (each.getValue()) {
            case Known.Stored(RandomMemory memory) ->
                memory.isReadThrough(client) && memory.isFoundThrough(client);
            case Known.Forgotten(RandomMemory memory) ->
                client
                        .get("/v1/memory/get/" + memory.id() + "?namespace=" + memory.namespace())
                        .status()
                    == 404;
            case Known.Open() -> true;
          };
      if (!isRight) {
        wrong.add(each.toString());
      }
    }
    assertThat(wrong).as("wrong of %d memories; seed %d", known.size(), seed).isEmpty();
  }
}
