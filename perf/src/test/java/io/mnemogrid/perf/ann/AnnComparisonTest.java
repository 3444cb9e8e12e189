package io.mnemogrid.perf.ann;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.perf.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison once, small: whether every engine is asked rightly, not what it says. */
class AnnComparisonTest {
  @TempDir private Path folder;

  @Test
  void everyEngineFindsTheNearestAndIsReportedAndPlotted() throws Exception {
    HnswlibProgram hnswlib = HnswlibProgram.compile();
    List<String> engines = new ArrayList<>(Engines.DEFAULT);
    engines.addAll(List.of("lucene-int7", "lucene-int8-walk"));
    List<String> lines = run(engines, hnswlib);
    if (hnswlib.binary() == null) {
      engines.remove(Engines.HNSWLIB);
      assertThat(lines).anyMatch(line -> line.matches("hnswlib +NOT COMPARED: .+"));
    }
    for (String engine : engines) {
      assertThat(lines).anyMatch(line -> line.matches(engine + " .* bytes .*"));
      assertThat(lines).anyMatch(line -> line.matches(engine + " +\\d+ +[01]\\.\\d+ .*"));
    }
    Path plot = onlyFile(".svg");
    var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(plot.toFile());
    assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(engines.size());
  }

  @Test
  void withoutACompilerTheReportSaysThatHnswlibIsNotCompared() throws IOException {
    List<String> engines = List.of("mnemogrid-int8", Engines.HNSWLIB);
    assertThat(run(engines, new HnswlibProgram(null, "g++ could not be run")))
        .anyMatch(line -> line.matches("hnswlib +NOT COMPARED: g\\+\\+ could not be run"));
  }

  private List<String> run(List<String> engines, HnswlibProgram hnswlib) throws IOException {
    var options =
        ComparisonOptions.of(RunOptions.of(folder).withRepetitions(1, Duration.ofMillis(10)))
            .withEngines(engines)
            .withThreads(List.of(1, 2), List.of(2));
    VectorSet set = SmallSet.write(folder);
    try (Report report = Report.open(folder.resolve("results"), "ann", "none")) {
      new AnnComparison(options, report).run(set, hnswlib);
    }
    return Files.readAllLines(onlyFile(".txt"));
  }

  private Path onlyFile(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
    }
  }
}
