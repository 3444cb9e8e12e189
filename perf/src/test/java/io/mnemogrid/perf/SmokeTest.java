package io.mnemogrid.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Measurements of one node once, small: whether they work, not what they say. */
class SmokeTest {
  private static List<NodeProcess> nodes = List.of();

  @BeforeAll
  static void startANode() {
    nodes = NodeProcess.cluster(1, List.of("-Xmx512m", ProcessMemory.TRACKING_FLAG));
  }

  @AfterAll
  static void killIt() {
    nodes.forEach(NodeProcess::close);
  }

  @Test
  void namespacesOfFiveMemoriesAreFilledAndCounted() {
    ApiClient client = client();
    var footprint = new NamespaceFootprint(List.of(client));
    footprint.fill("warm-up", 50);
    ProcessMemory before = ProcessMemory.of(nodes);
    footprint.fill("agent", 200);
    ProcessMemory after = ProcessMemory.of(nodes);
    ProcessMemory grown = after.minus(before);
    for (int i = 0; i < 200; i += 50) {
      String path = "/v1/namespaces/" + NamespaceFootprint.name("agent", i);
      assertThat(client.get(path).json().getInteger("vector_count")).isEqualTo(5);
    }
    NamespaceFootprint.print(grown, 200, 1, Report.toConsole());
    assertThat(grown.heapBytes()).isPositive();
    assertThat(after.otherBytes()).isPositive();
    assertThat(grown.heapBytesByClass()).isNotEmpty();
  }

  @Test
  void sentencesAreStoredAndRecalled() {
    var random = new SplittableRandom(1);
    List<String> texts = IntStream.range(0, 130).mapToObj(_ -> Findings.any(random)).toList();
    Report report = Report.toConsole();
    ApiClient client = client();
    var namespace = NamespaceClient.create(client, "sentences");
    new SentenceLoad(client, namespace, report).store(texts, Duration.ofDays(1));
    assertThat(client.get("/v1/namespaces/sentences").json().getInteger("vector_count"))
        .isEqualTo(130);
    new RecallFigures(namespace, report).measure(texts.subList(0, 20));
  }

  private static ApiClient client() {
    return new ApiClient(nodes.getFirst().url(), NodeProcess.ROOT_KEY);
  }
}
