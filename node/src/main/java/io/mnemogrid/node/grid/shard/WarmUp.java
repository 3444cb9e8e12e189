package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.VectorMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes, moves and searches made-up memories, so that the JVM has compiled what is done with real
 * ones before somebody waits for it. Until then what uses the Vector API is slower by orders of
 * magnitude: a partition that comes to a process just started would be read for seconds, and
 * searched for tenths of one.
 */
public final class WarmUp {
  /** A round that takes no longer runs compiled. */
  private static final Duration FAST_ROUND = Duration.ofMillis(150);

  /** So many that words are found by posting lists. */
  private static final int MEMORIES = 2_100;

  private static final int SEARCHES = 40;
  private static final int HITS = 10;
  private static final int WORDS = 20;
  private static final int DIFFERENT_WORDS = 500;
  private static final int DIMENSION = 384;
  private static final int CHUNK_BYTES = 1 << 16;
  private static final long MEMORY_BYTES = 64L << 20;
  private static final long NOW = 1;
  private static final MemoryWrite.Author AUTHOR =
      new MemoryWrite.Author("warm-up", "warm-up", Provenance.Origin.STORED);
  private static final ShardSpec SPEC = ShardSpec.usual(1, 1, DIMENSION);

  private final SplittableRandom random = new SplittableRandom(DIMENSION);
  private final ShardEnvironment environment;

  private WarmUp(ShardEnvironment environment) {
    this.environment = environment;
  }

  /**
   * Goes on until it is fast.
   *
   * @param template the options of every index but for dimension and similarity
   * @param limit when to be content with what was reached: a node that gets no processor has to
   *     start too; not positive: nothing is done
   * @return rounds that were gone
   */
  public static int run(IndexOptions template, Duration limit) {
    if (!limit.isPositive()) {
      return 0;
    }
    int rounds = 0;
    long endNanos = System.nanoTime() + limit.toNanos();
    try (VectorMemory memory = new VectorMemory(MEMORY_BYTES)) {
      WarmUp warmUp = new WarmUp(new ShardEnvironment(memory, template, 0, MEMORIES, shard -> {}));
      long startNanos;
      do {
        startNanos = System.nanoTime();
        warmUp.round();
        rounds++;
      } while (System.nanoTime() - startNanos > FAST_ROUND.toNanos()
          && System.nanoTime() - endNanos < 0);
    }
    return rounds;
  }

  private void round() {
    PartitionContainer owner = new PartitionContainer(environment);
    PartitionContainer copy = new PartitionContainer(environment);
    try {
      List<Draft> drafts = IntStream.range(0, MEMORIES).mapToObj(this::draft).toList();
      owner.write(List.of(SPEC), 1, drafts, NOW);
      move(owner, copy);
      List<Shard> shards = List.of(owner.openShard(SPEC), copy.openShard(SPEC));
      for (int i = 0; i < SEARCHES; i++) {
        Question question =
            new Question(vector(), null, Set.of(), List.of(), MemoryFilter.ALL, false);
        new ShardSearch(question, ReadTime.unlimited(NOW)).best(shards, HITS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      owner.clear();
      copy.clear();
    }
  }

  private static void move(PartitionContainer from, PartitionContainer to) throws IOException {
    ImageBytes.Writer out = new ImageBytes.Writer(CHUNK_BYTES);
    PartitionImage.write(from, out.data());
    List<byte[]> chunks = out.finish();
    try (IncomingImage<PartitionImage> incoming =
        IncomingImage.readBy(in -> PartitionImage.read(in, to))) {
      for (byte[] chunk : chunks.subList(0, chunks.size() - 1)) {
        incoming.accept(chunk);
      }
      try (PartitionImage image = incoming.finish(chunks.getLast())) {
        to.install(image);
      }
    }
  }

  private Draft draft(int number) {
    String words =
        random
            .ints(WORDS, 0, DIFFERENT_WORDS)
            .mapToObj(word -> "word" + word)
            .collect(Collectors.joining(" "));
    return Draft.of(
        MemoryWrite.store("memory-" + number, words).vector(vector()).by(AUTHOR, number).build());
  }

  private float[] vector() {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextDouble(-1, 1);
    }
    return vector;
  }
}
