package io.mnemogrid.perf;

import io.mnemogrid.node.grid.shard.Draft;
import io.mnemogrid.node.grid.shard.ImageBytes;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.PartitionImage;
import io.mnemogrid.node.grid.shard.ShardEnvironment;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.shard.WarmUp;
import io.mnemogrid.node.lexical.Analysis;
import io.mnemogrid.node.lexical.LexicalIndex;
import io.mnemogrid.node.lexical.TermDictionary;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.SnapshotReader;
import io.mnemogrid.vector.SnapshotWriter;
import io.mnemogrid.vector.VectorIndex;
import io.mnemogrid.vector.VectorMemory;
import java.io.DataInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How long a partition's thread takes to write the image of a partition that leaves, and to read
 * that of one that comes: of the whole, and of the index of words and the index of vectors in it.
 *
 * <p>The JVM is as warm as a node's when it says that it is ready; what comes first shows that, and
 * what comes last how fast the code is.
 */
public final class PartitionImageFigures {
  private static final String COMMAND =
      "java @config/jvm.args -Xmx1g -cp perf/target/classes:node/target/node.jar"
          + " io.mnemogrid.perf.PartitionImageFigures <texts directory>";
  private static final int[] MEGABYTES = {8, 4};
  private static final int FIRST = 5;
  private static final int BETWEEN = 60;
  private static final int LAST = 15;
  private static final Duration WARM_UP = Duration.ofMinutes(1);
  private static final int CHUNK_BYTES = 1 << 18;
  private static final int DIMENSION = 384;
  private static final int TEXT_CHARS = 650;
  private static final int MEMORY_BYTES = DIMENSION * Float.BYTES + TEXT_CHARS;
  private static final long MEMORY_LIMIT = 1L << 30;
  private static final double MILLION = 1e6;
  private static final IndexOptions OPTIONS =
      IndexOptions.of(DIMENSION).withRows(RowFormat.FLOAT32);
  private static final ShardSpec SPEC = ShardSpec.usual(1, 1, DIMENSION);
  private static final MemoryWrite.Author AUTHOR =
      new MemoryWrite.Author("key", "author", Provenance.Origin.STORED);
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Report report;
  private final int between;

  /**
   * @param between rounds after the first that count and before the last ones
   */
  PartitionImageFigures(Report report, int between) {
    this.report = report;
    this.between = between;
  }

  /** Arguments: a directory with base.txt.gz. */
  public static void main(String[] args) {
    List<String> lines = TextLines.read(Path.of(args[0]).resolve("base.txt.gz"), Integer.MAX_VALUE);
    try (Report report = Report.open("partition-image", COMMAND)) {
      report.line("warm after %d rounds", WarmUp.run(OPTIONS, WARM_UP));
      report.line("medians of the first %d rounds -> of the last %d, in ms", FIRST, LAST);
      var figures = new PartitionImageFigures(report, BETWEEN);
      for (int megabytes : MEGABYTES) {
        figures.measure(texts(lines, (int) (megabytes * MILLION / MEMORY_BYTES)));
      }
    }
  }

  /** Lines put together until they are as long as a text is to be, and cut there. */
  static List<String> texts(List<String> lines, int count) {
    List<String> texts = new ArrayList<>(count);
    Iterator<String> next = lines.iterator();
    while (texts.size() < count) {
      StringBuilder text = new StringBuilder();
      while (text.length() < TEXT_CHARS) {
        next = next.hasNext() ? next : lines.iterator();
        text.append(next.next()).append(' ');
      }
      texts.add(text.substring(0, TEXT_CHARS));
    }
    return texts;
  }

  void measure(List<String> texts) {
    Analysis analysis = Analysis.named(SPEC.language());
    var random = new SplittableRandom(DIMENSION);
    try (var memory = new VectorMemory(MEMORY_LIMIT);
        var vectors = new VectorIndex(OPTIONS, memory);
        var words = new LexicalIndex(new TermDictionary())) {
      var container = emptyContainer(memory);
      for (int i = 0; i < texts.size(); i++) {
        float[] vector = RandomVectors.draw(random, DIMENSION);
        container.write(List.of(SPEC), 1, List.of(draft(i, texts.get(i), vector)), 0);
        vectors.insert(vector);
        words.put(i, analysis.document(texts.get(i)));
      }
      report.line("%,d memories:", texts.size());
      measure("whole", new Whole(container, memory));
      measure("words", new Words(words));
      measure("vectors", new Vectors(vectors, memory));
      container.clear();
    }
  }

  private static PartitionContainer emptyContainer(VectorMemory memory) {
    return new PartitionContainer(new ShardEnvironment(memory, OPTIONS, 0, 4_096, _ -> {}));
  }

  private static Draft draft(int number, String text, float[] vector) {
    return Draft.of(
        MemoryWrite.store("memory-" + number, text).vector(vector).by(AUTHOR, number).build());
  }

  private void measure(String what, Part part) {
    Times write = new Times(between);
    Times read = new Times(between);
    long bytes = 0;
    for (int round = 0; round < FIRST + between + LAST; round++) {
      List<byte[]> chunks = write.of(round, () -> chunksOf(part));
      AutoCloseable copy = read.of(round, () -> part.readFrom(ImageBytes.verified(chunks)));
      bytes = chunks.stream().mapToLong(chunk -> chunk.length).sum();
      close(copy);
    }
    report.line(
        "  %-8s %6.2f MB   write %s   read %s", what, bytes / MILLION, write.text(), read.text());
  }

  private static List<byte[]> chunksOf(Part part) throws IOException {
    ImageBytes.Writer out = new ImageBytes.Writer(CHUNK_BYTES);
    part.writeTo(out.data());
    return out.finish();
  }

  private static void close(AutoCloseable copy) {
    try {
      copy.close();
    } catch (Exception e) {
      throw new IllegalStateException("a copy could not be closed", e);
    }
  }

  /** What has an image. */
  private interface Part {
    void writeTo(DataOutputStream out) throws IOException;

    AutoCloseable readFrom(DataInput in) throws IOException;
  }

  /** Read into a member that has nothing, not even the words. */
  private record Whole(PartitionContainer container, VectorMemory memory) implements Part {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      PartitionImage.write(container, out);
    }

    @Override
    public AutoCloseable readFrom(DataInput in) throws IOException {
      PartitionContainer into = emptyContainer(memory);
      try (PartitionImage image = PartitionImage.read(in, into)) {
        into.install(image);
      }
      return into::clear;
    }
  }

  private record Words(LexicalIndex index) implements Part {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      index.writeTo(out);
    }

    @Override
    public AutoCloseable readFrom(DataInput in) throws IOException {
      return LexicalIndex.readFrom(in, new TermDictionary());
    }
  }

  private record Vectors(VectorIndex index, VectorMemory memory) implements Part {
    @Override
    public void writeTo(DataOutputStream out) throws IOException {
      try (SnapshotWriter snapshot = index.snapshot()) {
        out.writeLong(snapshot.remainingBytes());
        while (snapshot.hasNext()) {
          out.write(snapshot.next(CHUNK_BYTES));
        }
      }
    }

    @Override
    public AutoCloseable readFrom(DataInput in) throws IOException {
      try (SnapshotReader snapshot = new SnapshotReader(memory)) {
        for (long left = in.readLong(); left > 0; left -= CHUNK_BYTES) {
          byte[] piece = new byte[(int) Math.min(left, CHUNK_BYTES)];
          in.readFully(piece);
          snapshot.accept(piece);
        }
        return snapshot.finish();
      }
    }
  }

  /** Of one step in the first rounds and in the last: on the clock, and on a processor. */
  private static final class Times {
    private final int lastFrom;
    private final Latencies[] clock = {new Latencies(FIRST), new Latencies(LAST)};
    private final Latencies[] processor = {new Latencies(FIRST), new Latencies(LAST)};

    Times(int between) {
      lastFrom = FIRST + between;
    }

    <T> T of(int round, Step<T> step) {
      long processorStart = THREADS.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      try {
        T result = step.run();
        long nanos = System.nanoTime() - start;
        long processorNanos = THREADS.getCurrentThreadCpuTime() - processorStart;
        int stage = round < lastFrom ? 0 : 1;
        if (round < FIRST || round >= lastFrom) {
          clock[stage].took(round - stage * lastFrom, nanos);
          processor[stage].took(round - stage * lastFrom, processorNanos);
        }
        return result;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String text() {
      return "%6.1f -> %5.1f (of a processor %6.1f -> %5.1f)"
          .formatted(
              clock[0].millis(0.5),
              clock[1].millis(0.5),
              processor[0].millis(0.5),
              processor[1].millis(0.5));
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }
}
