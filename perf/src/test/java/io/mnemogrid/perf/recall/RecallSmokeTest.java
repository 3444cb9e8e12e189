package io.mnemogrid.perf.recall;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.perf.MeasuredNode;
import io.mnemogrid.perf.RandomVectors;
import io.mnemogrid.perf.Report;
import io.mnemogrid.perf.ann.VectorFile;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each measurement once, small, against a real node: whether it works, not what it says. */
class RecallSmokeTest {
  private static final long SEED = 3;
  private static final int DIMENSION = 384;
  private static final String[] CONFIGURATIONS = {
    "{\"name\": \"refused\", \"options\": {\"routing\": \"by ear\"}}",
    "{\"name\": \"vector\", \"options\": {\"routing\": \"vector\", \"scoring\": \"relevance\"}}"
  };

  private static MeasuredNode node;
  @TempDir private Path folder;

  @BeforeAll
  static void startANode() {
    node = MeasuredNode.start(List.of("-Xmx512m"));
  }

  @AfterAll
  static void killIt() {
    node.close();
  }

  @Test
  void aConversationIsFoundInBothSettingsAndARefusedConfigurationIsSaidToBeSo() throws IOException {
    writeAConversation();
    List<String> lines = measure();
    assertThat(lines)
        .filteredOn(line -> line.matches("refused +NOT RUN: 400 .*routing.*"))
        .hasSize(2);
    assertThat(lines)
        .filteredOn(
            line -> line.matches("vector +all +3 +1\\.000 +1\\.000 +1\\.000 +1\\.000 +1\\.000 .*"))
        .hasSize(2);
    assertThat(lines)
        .filteredOn(line -> line.matches("vector +(temporal +1|single-hop +2) +1\\.000 .*"))
        .hasSize(4);
    assertThat(lines).anyMatch(line -> line.matches(" +vector +R@20 stretch, .*"));
  }

  @Test
  void whatReadersSayIsWeighedInAllWays() throws IOException {
    writeAConversation();
    try (Report report = Report.open(folder.resolve("results"), "standing", "none")) {
      new StandingFigures(EvidenceSet.read(folder), 4, SEED).run(node, report);
    }
    List<String> lines = reported();
    assertThat(lines)
        .filteredOn(line -> line.startsWith("readers "))
        .hasSize(Readers.Kind.values().length);
    assertThat(lines)
        .filteredOn(line -> line.matches(" +0\\.00 +1\\.0000 1\\.0000 .*R@20 \\+0\\.000 .*"))
        .hasSize(Readers.Kind.values().length);
  }

  private void writeAConversation() throws IOException {
    Files.writeString(
        folder.resolve("talk.json"),
        """
        {"conversation": {
           "session_1": [
             {"speaker": "Ana", "dia_id": "D1:1", "text": "My sister keeps bees on the roof."},
             {"speaker": "Ben", "dia_id": "D1:2", "text": "The exam was moved to Thursday."},
             {"speaker": "Ana", "dia_id": "D1:3", "text": "We sold the old piano yesterday."}],
           "session_1_date_time": "1:56 pm on 8 May, 2023"},
         "qa": [
           {"question": "Which animals does Ana's sister keep?", "evidence": ["D1:1"], "category": 4},
           {"question": "When is the exam?", "evidence": ["D1:2"], "category": 2},
           {"question": "What was sold?", "evidence": ["D1:3"], "category": 4}]}
        """);
  }

  @Test
  void documentsAreFoundAndWithoutMetadataTheBareSettingIsLeftOut() throws IOException {
    Files.writeString(
        folder.resolve("documents.jsonl"),
        """
        {"id": "bees", "text": "Bees dance to tell where the flowers are"}
        {"id": "tides", "text": "The moon pulls the sea and makes the tides"}
        """);
    Files.writeString(
        folder.resolve("queries.jsonl"), "{\"id\": \"1\", \"text\": \"why does the sea rise\"}\n");
    Files.writeString(folder.resolve("relevance.tsv"), "1\ttides\n1\tlost\n");
    List<String> lines = measure();
    assertThat(lines)
        .filteredOn(
            line -> line.matches("vector +all +1 +0\\.500 +0\\.500 +0\\.500 +0\\.500 +1\\.000 .*"))
        .hasSize(1);
    assertThat(lines).anyMatch(line -> line.startsWith("setting bare: left out"));
  }

  private List<String> measure() throws IOException {
    EvidenceSet set = EvidenceSet.read(folder);
    Path configurations =
        Files.writeString(
            folder.resolve("configurations.list"), "[" + String.join(",", CONFIGURATIONS) + "]");
    var options =
        EvidenceOptions.of(
            EvidenceOptions.arguments(
                folder.toString(),
                "--configurations",
                configurations.toString(),
                "--clients",
                "2"));
    try (Report report = Report.open(folder.resolve("results"), "evidence", "none")) {
      new EvidenceRecall(options, set, node, report).run();
    }
    return reported();
  }

  @Test
  void bothNamespacesAreFilledAndTimedWithVectorsThatWerePrepared() throws IOException {
    writeTexts("base", 120);
    writeTexts("queries", 8);
    var options =
        LatencyOptions.of(
            LatencyOptions.arguments(
                folder.toString(),
                "--vectors",
                folder.toString(),
                "--small",
                "5",
                "--warm-up",
                "5",
                "--rounds",
                "2",
                "--routings",
                "by-ear,vector"));
    PreparedTexts base = options.read(folder, "base", options.count());
    PreparedTexts queries = options.read(folder, "queries", 8);
    try (Report report = Report.open(folder.resolve("results"), "latency", "none")) {
      new RecallLatency(options, base, queries, report).run(node);
    }
    List<String> lines = reported();
    assertThat(lines).filteredOn(line -> line.matches(" +by-ear +NOT RUN: 400 .*")).hasSize(2);
    assertThat(lines).anyMatch(line -> line.startsWith("stored 5 of 5 memories"));
    assertThat(lines).anyMatch(line -> line.startsWith("stored 120 of 120 memories"));
    assertThat(lines).anyMatch(line -> line.matches(" +vector +1 clients, +4 requests.*"));
    assertThat(lines).anyMatch(line -> line.matches(" +vector +4 clients, +16 requests.*"));
  }

  private void writeTexts(String name, int count) throws IOException {
    try (Writer lines =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".txt.gz"))),
            StandardCharsets.UTF_8)) {
      for (int i = 0; i < count; i++) {
        lines.write("Note %d of the %s%n".formatted(i, name));
      }
    }
    var random = new SplittableRandom(SEED);
    VectorFile.write(
        folder.resolve(name + ".f32"),
        IntStream.range(0, count)
            .mapToObj(_ -> RandomVectors.draw(random, DIMENSION))
            .toArray(float[][]::new));
  }

  private List<String> reported() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      return Files.readAllLines(files.findFirst().orElseThrow());
    }
  }
}
