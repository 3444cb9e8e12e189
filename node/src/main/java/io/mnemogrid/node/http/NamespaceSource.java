package io.mnemogrid.node.http;

/** Where a request names the namespace it is about. */
sealed interface NamespaceSource {
  /** Nowhere: the operation is on no single namespace. */
  record None() implements NamespaceSource {}

  /** In a parameter of the path. */
  record InPath(String parameter) implements NamespaceSource {}

  /** In a field of the body; {@code namespace} may be spelled {@code agent_id} as well. */
  record InBody(String field) implements NamespaceSource {}

  /** In the memory's id, unless a query parameter or a field says it. */
  record OfMemory() implements NamespaceSource {}

  /**
   * Reads an {@code x-namespace}.
   *
   * @throws IllegalArgumentException if it is none of the forms
   */
  static NamespaceSource parse(String form) {
    if (form.equals("memory")) {
      return new OfMemory();
    }
    if (form.startsWith("path.")) {
      return new InPath(form.substring("path.".length()));
    }
    if (form.startsWith("body.")) {
      return new InBody(form.substring("body.".length()));
    }
    throw new IllegalArgumentException(
        "x-namespace is path.<name>, body.<name> or memory: " + form);
  }
}
