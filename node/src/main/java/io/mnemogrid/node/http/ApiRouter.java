package io.mnemogrid.node.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    Map<String, Map<Operation, OperationHandler>> byPath = new LinkedHashMap<>();
    document
        .operations()
        .forEach(operation ->
            put(byPath, operation, Objects.requireNonNull(handlers.get(operation.id()))));
    document.notBuilt().forEach(missing -> put(byPath, missing.operation(), missing));
    Router router = Router.router(vertx);
    byPath.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(literalFirst()))
        .forEach(entry -> {
          String path = template(entry.getKey());
          Map<Operation, OperationHandler> here = entry.getValue();
          here.forEach((operation, handler) -> {
            Route route = router.route(operation.method(), path).setName(operation.id());
            if (operation.method().equals(HttpMethod.GET)) {
              route.method(HttpMethod.HEAD);
            }
            route.handler(new OperationRoute(operation, handler, desk));
          });
          String allowed = allowed(here.keySet());
          router
              .route(path)
              .handler(routing -> new Exchange(routing.request()).sendWrongMethod(allowed));
        });
    router.route().last().handler(ApiRouter::notFound);
    for (int status : new int[] {400, 404, 405, 406, 413, 414, 415, 431, 500, 501}) {
      router.errorHandler(status, routing -> failed(routing, status));
    }
    return router;
  }

  private static void put(
      Map<String, Map<Operation, OperationHandler>> byPath,
      Operation operation,
      OperationHandler handler) {
    for (String path : operation.paths()) {
      byPath.computeIfAbsent(path, _ -> new LinkedHashMap<>()).put(operation, handler);
    }
  }

  /** The template in the spelling of the router. */
  static String template(String path) {
    return path.replace("{", ":").replace("}", "");
  }

  private static String allowed(Set<Operation> operations) {
    return operations.stream()
        .map(operation -> operation.method().name())
        .flatMap(method -> method.equals("GET") ? Stream.of(method, "HEAD") : Stream.of(method))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /**
   * {@code /a/b} before {@code /a/{x}}, and that before all that begins with {@code /a/}: the
   * router takes the first that fits.
   */
  private static Comparator<String> literalFirst() {
    return Comparator.comparing(path -> path.replace('{', '~').replace('*', Character.MAX_VALUE));
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
                "/v1/openapi.json lists the paths that there are",
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
