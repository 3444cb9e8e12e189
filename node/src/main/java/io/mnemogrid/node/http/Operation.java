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

  /** A parameter in path or query. */
  record Parameter(String name, boolean inPath, boolean required, Schema schema) {}

  /** As usage figures name it. */
  String endpoint() {
    return method.name() + " " + paths.getFirst();
  }
}
