package io.mnemogrid.node.testing;

import io.mnemogrid.node.memory.Embedder;
import io.mnemogrid.node.memory.Embedders;
import java.util.List;
import java.util.Optional;

/** Two models of different dimensions, in which texts with words in common are near each other. */
public final class HashingModels implements Embedders {
  private final List<Embedder> models =
      List.of(
          new HashingEmbedder(Runnable::run, "narrow", 192),
          new HashingEmbedder(Runnable::run, "wide", 256));

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
}
