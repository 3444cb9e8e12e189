package io.mnemogrid.node.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the router out of the document: one route for each path of each operation. */
final class ApiRouter {
  private ApiRouter() {}

  /**
   * @throws IllegalStateException if an operation has no handler, or a handler no operation
   */
  static Router build(
      Vertx vertx,
      ApiDocument document,
      Map<String, OperationHandler> handlers,
      OperationRoute.Desk desk) {
    requireMatch(document, handlers);
    Map<String, List<Operation>> byPath = new LinkedHashMap<>();
    for (Operation operation : document.operations()) {
      for (String path : operation.paths()) {
        byPath.computeIfAbsent(path, _ -> new ArrayList<>()).add(operation);
      }
    }
    Router router = Router.router(vertx);
    byPath.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(literalFirst()))
        .forEach(entry -> {
          String path = template(entry.getKey());
          List<Operation> here = entry.getValue();
          for (Operation operation : here) {
            OperationHandler handler = Objects.requireNonNull(handlers.get(operation.id()));
            router
                .route(operation.method(), path)
                .setName(operation.id())
                .handler(new OperationRoute(operation, handler, desk));
          }
          router
              .route(path)
              .handler(routing -> new Exchange(routing.request()).sendWrongMethod(allowed(here)));
        });
    router.route().last().handler(ApiRouter::notFound);
    for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 431, 500, 501}) {
      router.errorHandler(status, routing -> failed(routing, status));
    }
    return router;
  }

  /** The template in the spelling of the router. */
  static String template(String path) {
    return path.replace("{", ":").replace("}", "");
  }

  private static String allowed(List<Operation> operations) {
    return operations.stream()
        .map(operation -> operation.method().name())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** {@code /a/b} before {@code /a/{x}}: the router takes the first that fits. */
  private static Comparator<String> literalFirst() {
    return Comparator.comparing(path -> path.replace('{', '~'));
  }

  private static void requireMatch(ApiDocument document, Map<String, OperationHandler> handlers) {
    TreeSet<String> described =
        document.operations().stream()
            .map(Operation::id)
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> unhandled = new TreeSet<>(described);
    unhandled.removeAll(handlers.keySet());
    TreeSet<String> undescribed = new TreeSet<>(handlers.keySet());
    undescribed.removeAll(described);
    if (!unhandled.isEmpty() || !undescribed.isEmpty()) {
      throw new IllegalStateException(
          "operations without a handler: %s; handlers without an operation: %s"
              .formatted(unhandled, undescribed));
    }
  }

  private static void notFound(RoutingContext routing) {
    new Exchange(routing.request())
        .send(
            new Problem(
                404,
                "NOT_FOUND",
                "there is nothing at this path",
                null,
                Shown.text(routing.request().path(), 200),
                null));
  }

  private static void failed(RoutingContext routing, int status) {
    Exchange exchange = new Exchange(routing.request());
    Throwable failure = routing.failure();
    switch (status) {
      case 404 -> notFound(routing);
      case 405 -> exchange.sendWrongMethod(HttpMethod.GET.name());
      case 500, 501 ->
          exchange.fail(failure == null ? new IllegalStateException("no cause given") : failure);
      default -> {
        if (failure instanceof HttpException) {
          exchange.fail(failure);
        } else {
          exchange.send(
              Problem.invalid("the request line or its headers are not valid HTTP", null));
        }
      }
    }
  }
}
