package io.mnemogrid.perf;

import io.mnemogrid.node.grid.shard.Draft;
import io.mnemogrid.node.grid.shard.MemoryRecord;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.RecordFilter;
import io.mnemogrid.node.grid.shard.ShardEnvironment;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.MemoryField;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.VectorMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Nanoseconds to ask a filter about one record with 150 bytes of metadata and 120 of content: of
 * few records, which stay in the processor's cache, and of many in random order, which do not.
 */
public class FilterBenchmark extends NanosBenchmark {
  private static final int PROJECTS = 1_000;
  private static final long SEED = 42;
  private static final ShardSpec SPEC = ShardSpec.usual(1, 0, 1);

  @Param({"64", "100000"})
  public int records;

  @Param({"equal", "bound", "nested", "several", "own", "contains", "glob", "regex"})
  public String filter = "";

  private List<MemoryRecord> all = List.of();
  private RecordFilter asked = RecordFilter.of(MemoryFilter.ALL);
  private int next;

  /** Writes the records and makes the filter ready. */
  @Setup
  public void fill() {
    asked = RecordFilter.of(MemoryFilter.ALL.where(condition()));
    try (VectorMemory memory = new VectorMemory(256 << 20)) {
      PartitionContainer container =
          new PartitionContainer(
              new ShardEnvironment(memory, IndexOptions.of(1), 0, records, shard -> {}));
      for (int i = 0; i < records; i++) {
        container.write(List.of(SPEC), 1, List.of(Draft.of(write(i))), 0);
      }
      List<MemoryRecord> written = new ArrayList<>(records);
      Objects.requireNonNull(container.shard(SPEC.key()))
          .forEach(0, entry -> written.add(entry.record()));
      Collections.shuffle(written, new Random(SEED));
      all = written;
      container.clear();
    }
  }

  /** Asks about the next record. */
  @Benchmark
  public boolean passes() {
    next = next + 1 < all.size() ? next + 1 : 0;
    return asked.passes(all.get(next));
  }

  /** How many of the records pass. */
  long passing() {
    return all.stream().filter(asked::passes).count();
  }

  private Condition condition() {
    Condition project = equal("project", "project-7");
    return switch (filter) {
      case "equal" -> project;
      case "bound" -> bound("score", 0.25);
      case "nested" -> equal("source.kind", "web-7");
      case "several" ->
          Condition.all(List.of(bound("score", 0.25), equal("lang", "en"), Condition.not(project)));
      case "own" ->
          new Condition.On(
              MemoryField.Own.TAGS, new FieldTest.HoldsAll(List.of(new FieldValue.Text("tag-7"))));
      case "contains" ->
          new Condition.On(
              MemoryField.Own.CONTENT, new FieldTest.Contains(new FieldValue.Text("number 7 of")));
      case "glob" -> like(FieldTest.Likeness.GLOB, "https://*/7.html");
      case "regex" -> like(FieldTest.Likeness.REGEX, "/7\\.html$");
      default -> throw new IllegalArgumentException(filter);
    };
  }

  private static Condition equal(String path, String text) {
    return on(path, new FieldTest.Equals(new FieldValue.Text(text)));
  }

  private static Condition bound(String path, double least) {
    return on(path, new FieldTest.Compares(FieldTest.Order.LESS, FieldValue.number(least)));
  }

  private static Condition like(FieldTest.Likeness likeness, String pattern) {
    return on("source.url", new FieldTest.Matches(likeness, pattern));
  }

  private static Condition on(String path, FieldTest test) {
    return new Condition.On(new MemoryField.Metadata(path), test);
  }

  private static MemoryWrite write(int i) {
    int n = i % PROJECTS;
    String metadata =
        "{\"lang\":\"en\",\"score\":0.%03d,\"source\":{\"kind\":\"web-%d\",\"url\":\"https://example.org/%d.html\"},"
                .formatted(n, n, n)
            + "\"project\":\"project-%d\",\"reviewed\":true,\"pages\":[1,2,3]".formatted(n);
    String padded =
        metadata + ",\"x\":\"" + "-".repeat(Math.max(0, 143 - metadata.length())) + "\"}";
    String content =
        "A sentence of a usual length, which is number %d of a thousand that are all alike. "
                .formatted(n)
            + "So it ends.".repeat(3);
    return MemoryWrite.store("memory-" + i, content)
        .type(MemoryType.SEMANTIC)
        .tags(List.of("tag-" + n, "all"))
        .metadata(padded)
        .sessionId("session-1")
        .vector(new float[] {1})
        .by(new MemoryWrite.Author("key", "author", Provenance.Origin.STORED), 1)
        .build();
  }
}
