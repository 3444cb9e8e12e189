package io.mnemogrid.node.model;

import java.util.Objects;

/**
 * The vectors that one model gives the memories of a namespace.
 *
 * @param generation counts the moves of the namespace to another model, from 0
 * @param model an embedding model, or {@link Namespace#OWN_VECTORS}
 * @param dimension floats in each vector
 */
public record Space(int generation, String model, int dimension) {
  public Space {
    Objects.requireNonNull(model);
  }

  /** The first of a namespace. */
  public static Space first(String model, int dimension) {
    return new Space(0, model, dimension);
  }
}
