package io.mnemogrid.node.http;

import io.mnemogrid.node.access.Action;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * A route that existing clients call and that this node does not have. It is answered with 501 and
 * not with 404, which such a client would take for a thing that is not there; and like any route to
 * callers with a key alone.
 *
 * @param path a template; with {@code /*} at its end, of all that is below it too
 */
record NotBuilt(String feature, HttpMethod method, String path) implements OperationHandler {
  private static final String TABLE = "x-not-built";
  private static final String BELOW = "/*";
  private static final List<HttpMethod> EVERY =
      List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

  /**
   * Reads the document's table of features, each with its routes: {@code GET /path}, or a path
   * alone for every method.
   */
  static List<NotBuilt> in(Map<String, Object> document) {
    List<NotBuilt> routes = new ArrayList<>();
    References.object(document.getOrDefault(TABLE, Map.of()))
        .forEach((feature, declared) -> {
          for (Object route : (List<?>) declared) {
            read(feature, route.toString()).forEach(routes::add);
          }
        });
    return List.copyOf(routes);
  }

  private static Stream<NotBuilt> read(String feature, String route) {
    int space = route.indexOf(' ');
    String path = route.substring(space + 1);
    return space < 0
        ? EVERY.stream().map(method -> new NotBuilt(feature, method, path))
        : Stream.of(new NotBuilt(feature, HttpMethod.valueOf(route.substring(0, space)), path));
  }

  /** The route as one that any key may use and that looks at nothing of the request. */
  Operation operation() {
    return new Operation(
        feature,
        method,
        path.endsWith(BELOW)
            ? List.of(path.substring(0, path.length() - BELOW.length()), path)
            : List.of(path),
        Action.WHO_AM_I,
        new NamespaceSource.None(),
        List.of(),
        null,
        false);
  }

  @Override
  public CompletionStage<Answer> handle(Call call) {
    return CompletableFuture.failedStage(
        new RequestRefused(
            new Problem(
                501,
                "FEATURE_DISABLED",
                "this node does not have the feature '%s'".formatted(feature),
                "%s %s is not built; /v1/openapi.json describes what is".formatted(method, path),
                null,
                null)));
  }
}
