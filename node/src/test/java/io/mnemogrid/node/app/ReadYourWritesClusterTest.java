package io.mnemogrid.node.app;

import static io.mnemogrid.node.app.TestMemories.join;
import static io.mnemogrid.node.app.TestMemories.namespace;
import static io.mnemogrid.node.app.TestMemories.recall;
import static io.mnemogrid.node.app.TestMemories.store;
import static io.mnemogrid.node.app.TestMemories.vector;
import static io.mnemogrid.node.app.TestMemories.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Namespace;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadYourWritesClusterTest {
  private static TestGrid cluster;

  @BeforeAll
  static void start() {
    cluster = TestGrid.of(3);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void whatOneMemberStoredEveryOtherRecallsAtOnce(int shards) {
    SplittableRandom random = new SplittableRandom(shards);
    Namespace namespace = namespace(cluster.grid(0), "at-once-" + shards, shards);
    for (int i = 0; i < 300; i++) {
      float[] vector = vector(random);
      String id = "m" + i;
      store(cluster.grid(random.nextInt(3)), namespace, write(id, "content " + i, vector));
      var recalled = recall(cluster.grid(random.nextInt(3)), namespace, vector, 1);
      assertThat(recalled.complete()).isTrue();
      assertThat(recalled.hits()).first().extracting(hit -> hit.memory().id()).isEqualTo(id);
      assertThat(recalled.hits().getFirst().memory().content()).isEqualTo("content " + i);
    }
    assertThat(join(cluster.grid(1).memories().count(namespace))).isEqualTo(300);
  }

  @Test
  void aMemoryIsWrittenOverUpdatedAndForgotten() {
    Namespace namespace = namespace(cluster.grid(0), "life-of-a-memory", 4);
    SplittableRandom random = new SplittableRandom(7);
    float[] first = vector(random);
    float[] second = vector(random);
    Memory stored = store(cluster.grid(0), namespace, write("a", "first", first));
    assertThat(stored.provenance().version()).isEqualTo(1);
    Memory replaced = store(cluster.grid(1), namespace, write("a", "second", second));
    assertThat(replaced.provenance().version()).isEqualTo(2);
    assertThat(replaced.createdAt()).isEqualTo(stored.createdAt());
    assertThat(recall(cluster.grid(2), namespace, second, 5).hits()).hasSize(1);
    assertThat(join(cluster.grid(2).memories().get(namespace, "a")))
        .get()
        .extracting(Memory::content)
        .isEqualTo("second");
    assertThat(join(cluster.grid(2).memories().locate("a", List.of(namespace))))
        .containsExactly("life-of-a-memory");

    assertThat(join(cluster.grid(2).memories().locate("a", List.of()))).isEmpty();

    assertThat(join(cluster.grid(2).memories().forget(namespace, List.of("a", "none"))))
        .isEqualTo(1);
    assertThat(recall(cluster.grid(0), namespace, second, 5).hits()).isEmpty();
    assertThat(join(cluster.grid(0).memories().get(namespace, "a"))).isEmpty();
    assertThat(join(cluster.grid(0).memories().locate("a", List.of(namespace)))).isEmpty();
  }

  @Test
  void aSelectionIsNewestFirstAndCounted() {
    Namespace namespace = namespace(cluster.grid(0), "selection", 3);
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 20; i++) {
      store(cluster.grid(i % 3), namespace, write("s" + i, "c", vector(random)));
    }
    var selection = join(cluster.grid(0).memories().select(namespace, MemoryFilter.ALL, 5));
    assertThat(selection.memories()).hasSize(5);
    assertThat(selection.filtered()).isEqualTo(20);
    assertThat(selection.total()).isEqualTo(20);
    assertThat(join(cluster.grid(1).memories().forget(namespace, MemoryFilter.ALL))).isEqualTo(20);
    assertThat(join(cluster.grid(2).memories().count(namespace))).isZero();
  }

  @Test
  void aMemoryPastItsTimeIsGoneAndItsSpaceGivenBack() {
    Namespace namespace = namespace(cluster.grid(0), "expiry", 1);
    long soon = System.currentTimeMillis() / 1_000 + 2;
    store(cluster.grid(0), namespace, write("short", "c", vector(new SplittableRandom(3)), soon));
    assertThat(join(cluster.grid(1).memories().count(namespace))).isEqualTo(1);
    long replicas = replicas();
    await()
        .untilAsserted(
            () -> assertThat(join(cluster.grid(1).memories().count(namespace))).isZero());
    await().untilAsserted(() -> assertThat(replicas()).isEqualTo(replicas - 2));
  }

  @Test
  void aDeletedNamespaceTakesItsMemoriesWithItAndOneOfTheSameNameIsEmpty() {
    Namespace namespace = namespace(cluster.grid(0), "deleted", 4);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 10; i++) {
      store(cluster.grid(i % 3), namespace, write("d" + i, "c", vector(random)));
    }
    long replicas = replicas();
    assertThat(join(cluster.grid(1).namespaces().delete("deleted"))).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThat(cluster.grid(i).namespaces().find("deleted")).isEmpty();
    }
    await().untilAsserted(() -> assertThat(replicas()).isEqualTo(replicas - 20));
  }

  private static long replicas() {
    long sum = 0;
    for (int i = 0; i < cluster.size(); i++) {
      sum += cluster.grid(i).replicaCount();
    }
    return sum;
  }
}
