package io.mnemogrid.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.process.RandomMemories.RandomMemory;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One of three nodes dies by SIGKILL while clients write through all of them. */
class MemberLossIT {
  private static final long SEED = 20_250_918;
  private static final int WRITERS = 4;

  /** Spread over the partitions, so that each node owns about a third of them. */
  private static final int NAMESPACES = 24;

  private static final int ACKNOWLEDGED_BEFORE = 150;
  private static final int ACKNOWLEDGED_AFTER = 150;
  @RegisterExtension private final Nodes nodes = Nodes.ofATest();

  private final Queue<RandomMemory> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unknown = new AtomicInteger();
  private final AtomicBoolean stop = new AtomicBoolean();

  @Test
  void noAcknowledgedMemoryIsLostAndRecallIsCompleteAgain() {
    List<NodeProcess> cluster = nodes.cluster(3);
    List<ApiClient> clients = cluster.stream().map(ApiClient::root).toList();
    List<ApiClient> survivors = clients.subList(1, 3);
    RandomMemories.makeNamespaces(clients.getFirst(), "loss-", NAMESPACES);

    List<CompletableFuture<Void>> ends = new ArrayList<>();
    try (var writers = Executors.newFixedThreadPool(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        ends.add(CompletableFuture.runAsync(() -> write(writer, clients), writers));
      }
      killUnderLoad(cluster.getFirst(), survivors);
    }
    ends.forEach(CompletableFuture::join);

    List<String> lost = new ArrayList<>();
    int turn = 0;
    for (RandomMemory memory : acknowledged) {
      ApiClient survivor = survivors.get(turn++ % survivors.size());
      if (!memory.isReadThrough(survivor) || !memory.isFoundThrough(survivor)) {
        lost.add(memory.namespace() + "/" + memory.id());
      }
    }
    assertThat(lost).as("lost of %d acknowledged; seed %d", acknowledged.size(), SEED).isEmpty();
  }

  private void killUnderLoad(NodeProcess victim, List<ApiClient> survivors) {
    try {
      awaitAcknowledged(ACKNOWLEDGED_BEFORE);
      int before = acknowledged.size();
      long killedAt = System.nanoTime();
      victim.kill();
      long recallMs = millisUntilRecallIsComplete(survivors, killedAt);
      awaitAcknowledged(before + ACKNOWLEDGED_AFTER);
      System.out.printf(
          "killed one of three under load: recall complete at both others after %d ms;"
              + " %d stores acknowledged before, %d while and after, outcome unknown of %d%n",
          recallMs, before, acknowledged.size() - before, unknown.get());
    } finally {
      stop.set(true);
    }
  }

  /** Stores until told to stop, through any node; what fails is not counted as stored. */
  private void write(int writer, List<ApiClient> clients) {
    var random = new SplittableRandom(SEED + writer);
    for (int i = 0; !stop.get(); i++) {
      var memory =
          RandomMemories.draw("loss-" + random.nextInt(NAMESPACES), writer + "-" + i, random);
      try {
        ApiClient client = clients.get(random.nextInt(clients.size()));
        if (memory.storeThrough(client).status() / 100 == 2) {
          acknowledged.add(memory);
        } else {
          unknown.incrementAndGet();
        }
      } catch (UncheckedIOException e) {
        unknown.incrementAndGet(); // the connection to the node that died
      }
    }
  }

  private void awaitAcknowledged(int count) {
    await("acknowledged stores").until(() -> acknowledged.size() >= count);
  }

  /** Asks every namespace through every survivor until all answer, and completely. */
  private long millisUntilRecallIsComplete(List<ApiClient> survivors, long sinceNanos) {
    await("recall complete at the survivors")
        .pollInterval(Duration.ofMillis(20))
        .until(() -> survivors.stream().allMatch(MemberLossIT::recallsAll));
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sinceNanos);
  }

  private static boolean recallsAll(ApiClient client) {
    var random = new SplittableRandom(SEED);
    for (int i = 0; i < NAMESPACES; i++) {
      var answer = RandomMemories.draw("loss-" + i, "question", random).recallThrough(client);
      if (answer.status() != 200 || !answer.json().getBoolean("complete")) {
        return false;
      }
    }
    return true;
  }
}
