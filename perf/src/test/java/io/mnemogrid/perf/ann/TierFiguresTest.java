package io.mnemogrid.perf.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.perf.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every part once, small: whether its figures are there, not what they say. */
class TierFiguresTest {
  private static final HnswlibProgram NO_COMPILER =
      new HnswlibProgram(null, "g++ could not be run");

  @TempDir private Path folder;

  @Test
  void everyFigureStandsBesideItsTarget() throws IOException {
    HnswlibProgram hnswlib = HnswlibProgram.compile();
    List<String> lines = run(List.of(TierPart.values()), hnswlib);
    for (String figure :
        List.of(
            "scan at 5 x oversampling .* ns a vector",
            "scan at 5 x oversampling .* recall@10",
            "271 shards / one shard .* x cost",
            "scan tier, rows INT8: insert into all .* us",
            "scan tier, rows FLOAT32: delete .* us",
            "scan tier, rows INT24, grown .* B beyond row",
            "compact, default ef .* recall@10",
            "graph, known set of 50.00 % .* x cost",
            "codes, predicate of 10.00 % .* recall@10",
            "half deleted, graph tier, ef 64, recall lost .* points",
            "load with graph, rows FLOAT32 .* million/s",
            "GRAPH tier, filter as a predicate .* bytes")) {
      assertThat(lines)
          .anyMatch(line -> line.matches(" *" + figure + " +target at \\w+ \\S+: (met|MISSED)"));
    }
    assertThat(lines).anyMatch(line -> line.matches(" +2 threads +\\S+ vectors a second.*"));
    assertThat(lines).anyMatch(line -> line.matches("targets: \\d+ met, \\d+ missed, \\d+ not .*"));
    if (hnswlib.binary() != null) {
      assertThat(lines).anyMatch(line -> line.matches(" *271 shards / one hnswlib .*(met|MISSED)"));
      assertThat(lines).noneMatch(line -> line.contains("NOT COMPARED"));
    }
  }

  @Test
  void withoutACompilerTheReportSaysWhatIsNotCompared() throws IOException {
    assertThat(run(List.of(TierPart.SHARDS, TierPart.MEMORY), NO_COMPILER))
        .anyMatch(
            line -> line.matches(" *271 shards / one hnswlib .*NOT COMPARED: g\\+\\+ could .*"))
        .anyMatch(
            line -> line.matches(" *graph tier, rows INT24 / hnswlib .*NOT COMPARED: g\\+\\+ .*"))
        .anyMatch(line -> line.matches("targets: .* 2 not compared"));
  }

  @Test
  void theCommandLineNamesPartsAndIsRefusedWhereItDoesNot() {
    TierOptions options = options("vectors", "--parts", "images,scan", "--reps", "7");
    assertThat(options.parts()).containsExactly(TierPart.IMAGES, TierPart.SCAN);
    assertThat(options.run().repetitions()).isEqualTo(7);
    assertThatThrownBy(() -> options("vectors", "--parts", "scans"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scans");
    assertThatThrownBy(() -> options("vectors", "--part", "scan"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--part");
    assertThatThrownBy(() -> options("vectors", "--reps", "0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 1 on");
    assertThatThrownBy(() -> options("vectors", "--parts"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTargetIsMetAtItsBound() {
    assertThat(Target.atMost(6).isMetBy(6)).isTrue();
    assertThat(Target.atMost(6).isMetBy(6.01)).isFalse();
    assertThat(Target.atLeast(0.95).isMetBy(0.95)).isTrue();
    assertThat(Target.atLeast(0.95).isMetBy(0.949)).isFalse();
    assertThat(Target.atMost(6).isMetBy(Double.NaN)).isFalse();
  }

  @Test
  void aSubsetKnowsItsVectorsByItsOwnNumbers() {
    VectorSet whole = SmallSet.write(folder);
    Subset subset = Subset.random(whole, 40);
    assertThat(subset.set().count()).isEqualTo(40);
    assertThat(subset.numbers().cardinality()).isEqualTo(40);
    for (int i = 0; i < whole.count(); i++) {
      int number = subset.numberInSubset()[i];
      assertThat(number >= 0).isEqualTo(subset.numbers().get(i));
      if (number >= 0) {
        assertThat(subset.set().base()[number]).isSameAs(whole.base()[i]);
      }
    }
  }

  private List<String> run(List<TierPart> parts, HnswlibProgram hnswlib) throws IOException {
    VectorSet set = SmallSet.write(folder);
    var run = RunOptions.of(folder).withRepetitions(1, Duration.ofMillis(5));
    try (Report report = Report.open(folder.resolve("results"), "tiers", "none")) {
      new TierFigures(TierOptions.of(run).withParts(parts), report).run(set, hnswlib);
    }
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      return Files.readAllLines(files.findFirst().orElseThrow());
    }
  }

  private static TierOptions options(String... args) {
    return TierOptions.of(TierOptions.arguments(args));
  }
}
