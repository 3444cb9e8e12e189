package io.mnemogrid.node.testing;

import io.mnemogrid.node.memory.Embedder;
import io.mnemogrid.node.memory.Embedders;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two models of different dimensions, in which texts with words in common are near each other. A
 * test can hold up the wide one where it is given several texts at once.
 */
public final class HashingModels implements Embedders {
  public static final String NARROW = "narrow";
  public static final String WIDE = "wide";
  public static final int NARROW_DIMENSION = 192;
  public static final int WIDE_DIMENSION = 256;

  private final AtomicInteger textsLeft = new AtomicInteger(Integer.MAX_VALUE);
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final List<Embedder> models =
      List.of(
          new HashingEmbedder(Runnable::run, NARROW, NARROW_DIMENSION),
          new Held(new HashingEmbedder(Runnable::run, WIDE, WIDE_DIMENSION)));

  /** The wide model embeds about so many texts more of those that come several at once. */
  public void holdAfter(int texts) {
    textsLeft.set(texts);
  }

  /** All that waits goes on, and nothing waits any more. */
  public void open() {
    opened.complete(null);
  }

  @Override
  public Embedder byDefault() {
    return models.getFirst();
  }

  @Override
  public Optional<Embedder> named(String model) {
    return models.stream().filter(known -> known.model().equals(model)).findFirst();
  }

  @Override
  public List<String> names() {
    return models.stream().map(Embedder::model).sorted().toList();
  }

  private final class Held implements Embedder {
    private final Embedder behind;

    Held(Embedder behind) {
      this.behind = behind;
    }

    @Override
    public String model() {
      return behind.model();
    }

    @Override
    public int dimension() {
      return behind.dimension();
    }

    @Override
    public CompletionStage<float[]> embedQuery(String asker, String text) {
      return behind.embedQuery(asker, text);
    }

    @Override
    public CompletionStage<List<float[]>> embedAll(List<String> texts) {
      boolean goesOn = texts.size() == 1 || textsLeft.addAndGet(-texts.size()) >= 0;
      return goesOn ? behind.embedAll(texts) : opened.thenCompose(_ -> behind.embedAll(texts));
    }
  }
}
