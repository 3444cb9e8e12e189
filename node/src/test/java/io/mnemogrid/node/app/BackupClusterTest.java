package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.namespace;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.vector;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.access.Action;
import io.mnemogrid.node.access.Permit;
import io.mnemogrid.node.backup.Backup;
import io.mnemogrid.node.backup.Backups;
import io.mnemogrid.node.backup.RestoreWish;
import io.mnemogrid.node.backup.Status;
import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.memory.MemoryCopies;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.testing.HashingModels;
import io.mnemogrid.node.testing.RetryingClient;
import io.mnemogrid.node.testing.SteeredNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of clusters of one size, brought back into clusters of another one. */
class BackupClusterTest {
  private static final String NAME = "kept";
  private static final int SHARDS = 8;
  private static final int MEMORIES = 1_500;
  private static final int AT_ONCE = 100;
  private static final int WRITERS = 3;

  @TempDir private Path folder;

  @Test
  void aClusterOfThreeThatIsWrittenToComesBackIntoOneNode() {
    Writers writers = new Writers();
    String id;
    Map<String, String> sureBefore;
    Set<String> goneBefore;
    try (ServedGrid grid = ServedGrid.keeping(folder, 271, 3)) {
      Namespace namespace = namespace(grid.grid(0), NAME, SHARDS);
      writers.fill(grid, namespace);
      writers.start(grid, namespace);
      await().until(() -> writers.gone.size() > 20);
      sureBefore = Map.copyOf(writers.there);
      goneBefore = Set.copyOf(writers.gone);
      id = backup(grid.addresses().get(1));
      writers.stop();
      sureBefore = new HashMap<>(sureBefore);
      sureBefore.keySet().retainAll(writers.there.keySet());
    }
    try (ServedGrid alone = ServedGrid.keeping(folder, 31, 1)) {
      assertThat(restore(alone.addresses().getFirst(), id).getString("status"))
          .isEqualTo("completed");
      Map<String, Memory> restored = all(alone.grid(0));
      assertThat(restored.keySet()).containsAll(sureBefore.keySet());
      assertThat(restored.keySet()).doesNotContainAnyElementsOf(goneBefore);
      restored.values().forEach(writers::assertWhole);
      assertThat(restored.values())
          .allMatch(memory -> memory.provenance().origin() == Provenance.Origin.RESTORED);
      assertFound(alone.grid(0), restored);
    }
  }

  @Test
  void whatOneNodeHeldComesBackIntoThreeAndOutlivesOneOfThem() {
    Writers writers = new Writers();
    String id;
    try (ServedGrid alone = ServedGrid.keeping(folder, 31, 1)) {
      writers.fill(alone, namespace(alone.grid(0), NAME, SHARDS));
      id = backup(alone.addresses().getFirst());
    }
    try (ServedGrid grid = ServedGrid.keeping(folder, 271, 3)) {
      assertThat(restore(grid.addresses().get(2), id).getInteger("vectors_restored"))
          .isEqualTo(MEMORIES);
      for (int member = 0; member < 3; member++) {
        assertThat(all(grid.grid(member)).keySet()).isEqualTo(writers.there.keySet());
      }
      grid.kill();
      await()
          .untilAsserted(
              () -> assertThat(all(grid.grid(0)).keySet()).isEqualTo(writers.there.keySet()));
      assertFound(grid.grid(1), all(grid.grid(1)));
      Namespace now = grid.grid(0).namespaces().find(NAME).orElseThrow();
      assertThat(now.shards()).isEqualTo(SHARDS);
      store(grid.grid(0), now, write("new", "new", vector(new SplittableRandom(9))));
    }
  }

  @Test
  void aRestoreThatIsCutShortLeavesWhatNobodyTakesForWhole() {
    try (ServedGrid grid = ServedGrid.keeping(folder, 31, 1)) {
      Writers writers = new Writers();
      writers.fill(grid, namespace(grid.grid(0), NAME, SHARDS));
      String id = backup(grid.addresses().getFirst());
      join(grid.grid(0).namespaces().delete(NAME));

      CountDownLatch half = new CountDownLatch(1);
      Permit permit = Permit.require(SteeredNode.root(new SecureRandom()), Action.BACKUPS);
      CompletionStage<?> restore;
      try (Backups stopped = backups(grid.grid(0), new Held(grid.grid(0).copies(), half))) {
        restore = stopped.restore(permit, new RestoreWish(id, null, Map.of(), false));
        await().until(() -> half.getCount() == 0);
        assertThatThrownBy(() -> join(stopped.create(permit, "b", null, false)))
            .isInstanceOf(Refusal.Busy.class);
        RetryingClient another = client(grid.addresses().getFirst());
        assertThat(send(another, "DELETE", "/admin/backups/" + id, null)).isEqualTo(409);
      }
      assertThatThrownBy(() -> join(restore)).hasCauseInstanceOf(Refusal.Unavailable.class);

      RetryingClient root = client(grid.addresses().getFirst());
      assertThat(namespaces(root)).contains(NAME);
      assertThat(send(root, "GET", "/v1/namespaces/" + NAME, null)).isEqualTo(409);
      JsonObject question = new JsonObject().put("namespace", NAME).put("query", "memory");
      assertThat(send(root, "POST", "/v1/memory/recall", question)).isEqualTo(409);
      JsonObject one = new JsonObject().put("namespace", NAME).put("content", "one");
      assertThat(send(root, "POST", "/v1/memory/store", one)).isEqualTo(409);
      assertThat(send(root, "GET", "/v1/memory/get/m1", null)).isEqualTo(404);
      JsonObject wish = new JsonObject().put("backup_id", id);
      assertThat(send(root, "POST", "/admin/backups/restore", wish)).isEqualTo(409);
      assertThat(send(root, "POST", "/admin/backups/restore", wish.put("overwrite", true)))
          .isEqualTo(200);
      await().until(() -> send(root, "GET", "/v1/namespaces/" + NAME, null) == 200);
      assertThat(all(grid.grid(0)).keySet()).isEqualTo(writers.there.keySet());
      assertThat(send(root, "DELETE", "/admin/backups/" + id, null)).isEqualTo(200);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void whatIsToGiveWayIsUsedUntilAllIsThereAndStaysIfSomeOfItCannotCome() {
    try (ServedGrid grid = ServedGrid.keeping(folder, 31, 1)) {
      Writers writers = new Writers();
      Namespace kept = namespace(grid.grid(0), NAME, SHARDS);
      writers.fill(grid, kept);
      Namespace first = namespace(grid.grid(0), "a-first", 1);
      SplittableRandom random = new SplittableRandom(5);
      store(grid.grid(0), first, write("old", "old", vector(random)));
      Permit permit = Permit.require(SteeredNode.root(new SecureRandom()), Action.BACKUPS);
      List<String> both = List.of("a-first", NAME);
      MemoryCopies copies = grid.grid(0).copies();
      CountDownLatch begun = new CountDownLatch(1);
      AtomicBoolean fails = new AtomicBoolean(true);
      MemoryCopies failing =
          new Held(copies, begun) {
            @Override
            public CompletionStage<Integer> put(Namespace namespace, List<Copy> some) {
              if (!fails.get() || namespace.name().equals("a-first")) {
                return copies.put(namespace, some);
              }
              store(grid.grid(0), kept, write("meanwhile", "meanwhile", vector(random)));
              assertThat(all(grid.grid(0))).containsKeys("m1", "new", "meanwhile");
              begun.countDown();
              return CompletableFuture.failedStage(new Refusal.QuotaExceeded("no room"));
            }
          };
      try (Backups backups = backups(grid.grid(0), failing)) {
        String id = join(backups.create(permit, "b", both, false)).id();
        store(grid.grid(0), kept, write("new", "new", vector(random)));
        store(grid.grid(0), first, write("new", "new", vector(random)));
        long held = grid.grid(0).replicaCount();
        RestoreWish wish = new RestoreWish(id, null, Map.of(), true);
        assertThatThrownBy(() -> join(backups.restore(permit, wish)))
            .hasCauseInstanceOf(Refusal.QuotaExceeded.class);
        assertThat(begun.getCount()).isZero();
        assertThat(all(grid.grid(0))).containsKeys("m1", "new", "meanwhile");
        assertThat(join(grid.grid(0).memories().count(first))).isEqualTo(2);
        await().until(() -> grid.grid(0).replicaCount() == held + 1);

        fails.set(false);
        assertThat(join(backups.restore(permit, wish)).status()).isEqualTo(Status.COMPLETED);
        assertThat(all(grid.grid(0)).keySet()).isEqualTo(writers.there.keySet());
        Namespace now = grid.grid(0).namespaces().find("a-first").orElseThrow();
        assertThat(join(grid.grid(0).memories().count(now))).isEqualTo(1);
        await().until(() -> grid.grid(0).replicaCount() == MEMORIES + 1);
        assertThat(grid.grid(0).namespaces().all()).hasSize(2);
      }
    }
  }

  @Test
  void aBackupOfANamespaceThatIsDeletedMeanwhileLeavesNothing() {
    try (ServedGrid grid = ServedGrid.keeping(folder, 31, 1)) {
      Writers writers = new Writers();
      writers.fill(grid, namespace(grid.grid(0), NAME, SHARDS));
      Permit permit = Permit.require(SteeredNode.root(new SecureRandom()), Action.BACKUPS);
      MemoryCopies deleting =
          new Held(grid.grid(0).copies(), new CountDownLatch(1)) {
            @Override
            public CompletionStage<Page> after(Namespace namespace, int part, Mark mark) {
              join(grid.grid(0).namespaces().delete(NAME));
              return super.after(namespace, part, mark);
            }
          };
      try (Backups backups = backups(grid.grid(0), deleting)) {
        assertThatThrownBy(() -> join(backups.create(permit, "b", List.of(NAME), false)))
            .isInstanceOf(CompletionException.class)
            .hasCauseInstanceOf(Refusal.NotFound.class);
        List<Backup> all = join(backups.list(permit));
        assertThat(all).extracting(Backup::status).containsExactly(Status.FAILED);
        assertThat(folder).isEmptyDirectory();
      }
    }
  }

  private Backups backups(Grid grid, MemoryCopies copies) {
    return new Backups(
        folder.toString(),
        new Backups.Cluster(grid.namespaces(), copies, grid.memories(), new HashingModels()),
        InstantSource.system(),
        new SecureRandom());
  }

  /** Takes the first memories, and never those that come then. */
  private static class Held implements MemoryCopies {
    private final MemoryCopies behind;
    private final CountDownLatch half;

    Held(MemoryCopies behind, CountDownLatch half) {
      this.behind = behind;
      this.half = half;
    }

    @Override
    public CompletionStage<Page> after(Namespace namespace, int part, Mark mark) {
      return behind.after(namespace, part, mark);
    }

    @Override
    public CompletionStage<Integer> put(Namespace namespace, List<Copy> copies) {
      return behind
          .put(namespace, copies)
          .thenCompose(_ -> {
            half.countDown();
            return new CompletableFuture<>();
          });
    }

    @Override
    public void check(Copy copy, int dimension) {
      behind.check(copy, dimension);
    }
  }

  private static RetryingClient client(URI address) {
    return new RetryingClient(List.of(address), SteeredNode.ROOT_KEY, 1);
  }

  private static int send(
      RetryingClient client, String method, String path, @Nullable JsonObject body) {
    return client.send(method, path, body, Map.of("Content-Type", "application/json")).status();
  }

  private static JsonArray namespaces(RetryingClient root) {
    return ask(root, "/v1/namespaces").getJsonArray("namespaces");
  }

  private static String backup(URI address) {
    RetryingClient root = client(address);
    JsonObject wish = new JsonObject().put("namespaces", new JsonArray().add(NAME));
    String id =
        root.send("POST", "/admin/backups", wish, Map.of("Content-Type", "application/json"))
            .ok()
            .json()
            .getString("backup_id");
    return done(root, "/admin/backups/" + id).getString("backup_id");
  }

  private static JsonObject restore(URI address, String id) {
    RetryingClient root = client(address);
    JsonObject wish = new JsonObject().put("backup_id", id);
    String restore =
        root.send(
                "POST",
                "/v1/admin/backups/restore",
                wish,
                Map.of("Content-Type", "application/json"))
            .ok()
            .json()
            .getString("restore_id");
    return done(root, "/admin/backups/restore/" + restore);
  }

  /** What stands there when it is not under way any more. */
  private static JsonObject done(RetryingClient root, String path) {
    await().until(() -> !ask(root, path).getString("status").equals("inprogress"));
    return ask(root, path);
  }

  private static JsonObject ask(RetryingClient root, String path) {
    return root.send("GET", path, null, Map.of()).ok().json();
  }

  private static Map<String, Memory> all(Grid grid) {
    Namespace namespace = grid.namespaces().find(NAME).orElseThrow();
    Map<String, Memory> all = new HashMap<>();
    join(grid.memories().select(namespace, MemoryFilter.ALL, 100_000))
        .memories()
        .forEach(memory -> all.put(memory.id(), memory));
    assertThat(join(grid.memories().count(namespace))).isEqualTo(all.size());
    return all;
  }

  /** Each memory is found by its own vector. */
  private static void assertFound(Grid grid, Map<String, Memory> memories) {
    Namespace namespace = grid.namespaces().find(NAME).orElseThrow();
    memories.values().stream()
        .limit(200)
        .forEach(memory -> {
          var recalled =
              TestMemories.recall(grid, namespace, Writers.vectorOf(memory.content()), 1);
          assertThat(recalled.complete()).isTrue();
          assertThat(recalled.hits().getFirst().memory().id()).isEqualTo(memory.id());
        });
  }

  /** Stores, writes anew and forgets; each memory has one writer. */
  private static final class Writers {
    /** Contents by id of what is acknowledged. */
    private final Map<String, String> there = new ConcurrentHashMap<>();

    /** Whose forgetting is acknowledged; never stored again. */
    private final Set<String> gone = ConcurrentHashMap.newKeySet();

    /** Each content that was ever sent. */
    private final Set<String> sent = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean stop = new AtomicBoolean();
    private CompletableFuture<?> running = CompletableFuture.completedFuture(null);

    void fill(ServedGrid grid, Namespace namespace) {
      for (int from = 0; from < MEMORIES; from += AT_ONCE) {
        List<MemoryWrite> batch = new ArrayList<>();
        for (int i = from; i < from + AT_ONCE; i++) {
          String content = content("m" + i, 0);
          batch.add(TestMemories.write("m" + i, content, vectorOf(content)));
          there.put("m" + i, content);
        }
        join(grid.grid(0).memories().write(namespace, batch));
      }
    }

    void start(ServedGrid grid, Namespace namespace) {
      CompletableFuture<?>[] all = new CompletableFuture<?>[WRITERS];
      for (int writer = 0; writer < WRITERS; writer++) {
        int number = writer;
        all[writer] =
            CompletableFuture.runAsync(
                () -> write(grid.grid(number), namespace, number),
                task -> Thread.ofPlatform().start(task));
      }
      running = CompletableFuture.allOf(all);
    }

    void stop() {
      stop.set(true);
      running.join();
    }

    private void write(Grid grid, Namespace namespace, int writer) {
      SplittableRandom random = new SplittableRandom(writer);
      for (int round = 1; !stop.get(); round++) {
        String own = "m" + (random.nextInt(MEMORIES / WRITERS) * WRITERS + writer);
        if (gone.contains(own)) {
          put(grid, namespace, "w" + writer + "-" + round, round);
        } else if (random.nextInt(4) == 0) {
          there.remove(own); // of no known outcome until it is acknowledged
          assertThat(join(grid.memories().forget(namespace, List.of(own)))).isEqualTo(1);
          gone.add(own);
        } else {
          put(grid, namespace, own, round);
        }
      }
    }

    private void put(Grid grid, Namespace namespace, String id, int round) {
      String content = content(id, round);
      store(grid, namespace, TestMemories.write(id, content, vectorOf(content)));
      there.put(id, content);
    }

    private String content(String id, int round) {
      String content = id + " " + round;
      sent.add(content);
      return content;
    }

    static float[] vectorOf(String content) {
      return vector(new SplittableRandom(content.hashCode()));
    }

    /** All of it is of one write. */
    void assertWhole(Memory memory) {
      assertThat(sent).contains(memory.content());
      assertThat(memory.content()).startsWith(memory.id() + " ");
      assertThat(memory.metadata()).isEqualTo("{\"a\":1}");
      assertThat(memory.tags()).containsExactly("test");
      assertThat(memory.sessionId()).isEqualTo("session");
    }
  }
}
