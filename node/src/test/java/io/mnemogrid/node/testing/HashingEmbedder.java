package io.mnemogrid.node.testing;

import io.mnemogrid.node.memory.Embedder;
import io.mnemogrid.node.memory.Embedders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/**
 * Texts with words in common are near each other; the same text is always at the same place. It is
 * the only model of its node.
 */
public final class HashingEmbedder implements Embedder, Embedders {
  private static final Pattern WORD = Pattern.compile("\\W+");
  private final Executor executor;
  private final String model;
  private final int dimension;

  public HashingEmbedder(Executor executor) {
    this(executor, "words", 64);
  }

  HashingEmbedder(Executor executor, String model, int dimension) {
    this.executor = executor;
    this.model = model;
    this.dimension = dimension;
  }

  @Override
  public Embedder byDefault() {
    return this;
  }

  @Override
  public Optional<Embedder> named(String model) {
    return model.equals(model()) ? Optional.of(this) : Optional.empty();
  }

  @Override
  public List<String> names() {
    return List.of(model());
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public CompletionStage<float[]> embedQuery(String asker, String text) {
    return CompletableFuture.supplyAsync(() -> embed(text), executor);
  }

  @Override
  public CompletionStage<List<float[]>> embedAll(List<String> texts) {
    return CompletableFuture.supplyAsync(() -> texts.stream().map(this::embed).toList(), executor);
  }

  private float[] embed(String text) {
    float[] vector = new float[dimension];
    vector[0] = 0.1f;
    for (String word : WORD.split(text.toLowerCase(Locale.ROOT), -1)) {
      vector[Math.floorMod((word.hashCode() * 0x9E3779B9) >>> 8, dimension)] += 1;
    }
    double squares = 0;
    for (float x : vector) {
      squares += x * x;
    }
    for (int i = 0; i < dimension; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }
}
