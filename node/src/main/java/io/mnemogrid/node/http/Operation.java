package io.mnemogrid.node.http;

import io.mnemogrid.node.access.Action;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the document.
 *
 * @param paths templates as {@code /v1/namespaces/{namespace}}; the first is the main one
 * @param action what it does, or null where no key is needed
 * @param body what its body must be, or null where it takes none
 * @param bodyRequired whether it must have one
 */
record Operation(
    String id,
    HttpMethod method,
    List<String> paths,
    @Nullable Action action,
    NamespaceSource namespace,
    List<Parameter> parameters,
    @Nullable Schema body,
    boolean bodyRequired) {

  /** A parameter in path, query or header. */
  record Parameter(String name, In in, boolean required, Schema schema) {
    /** Where a parameter stands. */
    enum In {
      PATH,
      QUERY,
      HEADER
    }
  }

  /** Whether the header means anything to it. */
  boolean takesHeader(String name) {
    return parameters.stream()
        .anyMatch(
            parameter -> parameter.in() == Parameter.In.HEADER && parameter.name().equals(name));
  }

  /** As usage figures name it. */
  String endpoint() {
    return method.name() + " " + paths.getFirst();
  }
}
