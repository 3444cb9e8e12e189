package io.mnemogrid.node.process;

import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.history.CounterCheck;
import io.mnemogrid.node.history.History;
import io.mnemogrid.node.history.Operation;
import io.mnemogrid.node.history.SingleWriterCheck;
import io.mnemogrid.node.history.Violation;
import io.mnemogrid.node.process.SdkClient.Request;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Clients that write and read through all members of a cluster until they are told to end, and all
 * that they saw.
 */
final class Load implements AutoCloseable {
  private static final int NAMESPACES = 8;
  private static final int COUNTERS = 4;

  private final FaultyCluster cluster;
  private final int clients;
  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<CompletableFuture<Void>> running = new ArrayList<>();
  private volatile boolean ended;

  Load(FaultyCluster cluster, int clients, SplittableRandom random) {
    this.cluster = cluster;
    this.clients = clients;
    this.random = random;
  }

  /** What there is, and what was seen of it; of any thread. */
  static final class Ledger {
    private final History history = new History();
    private final List<Subject> subjects = new ArrayList<>();
    private final List<Subject.Counter> counters = new ArrayList<>();

    void add(Operation operation) {
      history.add(operation);
    }

    synchronized void keep(Subject subject) {
      subjects.add(subject);
    }

    /** A memory to be, in one of the namespaces. */
    Subject.Memory make(String kind, String id, SplittableRandom random) {
      String namespace = "history-" + random.nextInt(NAMESPACES);
      String name = kind + "-" + id;
      var memory =
          new Subject.Memory(
              kind, namespace, name, RandomMemories.draw(namespace, name, random).embedding());
      keep(memory);
      return memory;
    }

    synchronized Subject any(SplittableRandom random) {
      return subjects.get(random.nextInt(subjects.size()));
    }

    synchronized Subject.Counter anyCounter(SplittableRandom random) {
      return counters.get(random.nextInt(counters.size()));
    }

    private synchronized void keep(Subject.Counter counter) {
      counters.add(counter);
      subjects.add(counter);
    }

    private synchronized List<Subject> all() {
      return List.copyOf(subjects);
    }
  }

  /** Makes the namespaces and the counters, and sends the clients off. */
  void start() {
    ApiClient root = new ApiClient(cluster.member(0).address(), NodeProcess.ROOT_KEY);
    RandomMemories.makeNamespaces(root, "history-", NAMESPACES);
    JsonObject namespace =
        new JsonObject()
            .put("name", Subject.Counter.NAMESPACE)
            .put("model", "own-vectors")
            .put("shards", COUNTERS)
            .put("dimension", 3);
    root.post("/v1/namespaces", namespace).ok();
    SdkClient maker = client();
    for (int i = 0; i < COUNTERS; i++) {
      var counter = new Subject.Counter("counter-" + i);
      JsonObject memory =
          new JsonObject()
              .put("namespace", Subject.Counter.NAMESPACE)
              .put("id", counter.id())
              .put("content", "a counter")
              .put("metadata", new JsonObject().put("count", 0))
              .put("embedding", new JsonArray().add(1).add(0).add(0));
      Request store = Request.post("/v1/memory/store", memory);
      Work.sound(maker.send(store.with("Idempotency-Key", maker.drawKey()), null), 200);
      ledger.keep(counter);
    }
    for (int i = 0; i < clients; i++) {
      int number = i;
      SdkClient client = client();
      running.add(CompletableFuture.runAsync(() -> work(number, client), threads));
    }
  }

  private SdkClient client() {
    return new SdkClient(cluster, random.split(), failures::add);
  }

  private void work(int number, SdkClient client) {
    Work registers = new Work.Registers(number, client, ledger);
    Work elements = new Work.Elements(number, client, ledger);
    Work counters = new Work.Counters(client, ledger);
    Work keys = new Work.ApiKeys(client, ledger);
    while (!ended) {
      int what = client.random().nextInt(16);
      Work next = what < 7 ? registers : what < 12 ? elements : what < 15 ? counters : keys;
      next.step();
      client.think();
    }
  }

  History history() {
    return ledger.history;
  }

  /** Requests that had no answer, however often they were sent. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Waits until so many more operations have ended. */
  void awaitMore(int operations) {
    int enough = history().size() + operations;
    await(operations + " more operations")
        .until(() ->
            history().size() >= enough
                || running.stream().anyMatch(CompletableFuture::isCompletedExceptionally));
    throwFailure();
  }

  private void throwFailure() {
    running.stream()
        .filter(CompletableFuture::isCompletedExceptionally)
        .findFirst()
        .ifPresent(CompletableFuture::join);
  }

  /** Lets the clients end, and reads all that there is or was once more. */
  void finish() {
    ended = true;
    running.forEach(CompletableFuture::join);
    Queue<Subject> left = new ConcurrentLinkedQueue<>(ledger.all());
    List<CompletableFuture<Void>> readers = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      SdkClient client = client();
      readers.add(
          CompletableFuture.runAsync(
              () -> {
                for (Subject next = left.poll(); next != null; next = left.poll()) {
                  ledger.add(next.read(client, null));
                }
              },
              threads));
    }
    readers.forEach(CompletableFuture::join);
  }

  /** What the cluster has promised and not kept. */
  List<Violation> violations() {
    List<Violation> violations = new ArrayList<>();
    for (String kind : List.of("register/", "element/", "key/")) {
      violations.addAll(history().violations(kind, SingleWriterCheck::violations));
    }
    violations.addAll(history().violations("counter/", CounterCheck::violations));
    return violations;
  }

  @Override
  public void close() {
    ended = true;
    threads.shutdownNow();
  }
}
