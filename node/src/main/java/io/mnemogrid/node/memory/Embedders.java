package io.mnemogrid.node.memory;

import java.util.List;
import java.util.Optional;

/** The embedding models of this node. Look-ups open none: a model is opened when it is used. */
public interface Embedders {
  /** That of namespaces which are made without naming a model. */
  Embedder byDefault();

  Optional<Embedder> named(String model);

  /** Names of all models, sorted. */
  List<String> names();
}
