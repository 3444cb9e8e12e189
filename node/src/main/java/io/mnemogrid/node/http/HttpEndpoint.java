package io.mnemogrid.node.http;

import io.mnemogrid.node.backup.Backups;
import io.mnemogrid.node.config.HttpConfig;
import io.mnemogrid.node.memory.Keys;
import io.mnemogrid.node.memory.Memories;
import io.mnemogrid.node.memory.Namespaces;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The node's HTTP endpoint: listens, and hands requests to the use cases. */
public final class HttpEndpoint {
  private static final int MAX_LINE_BYTES = 8 << 10;
  private static final int MAX_HEADER_BYTES = 16 << 10;
  private static final AtomicInteger FREE_PORTS = new AtomicInteger();
  private static final Duration FINISH_WITHIN = Duration.ofSeconds(20);

  private final HttpConfig config;
  private final Vertx vertx;
  private final boolean ownsVertx;
  private final Router router;
  private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
  private @Nullable CompletionStage<Void> closed;

  /** What the endpoint hands requests to. */
  public record UseCases(
      Keys keys,
      Namespaces namespaces,
      Memories memories,
      Backups backups,
      Health health,
      InstantSource clock) {}

  /**
   * Builds all routes.
   *
   * @param shared the host's Vert.x, which is left running at the end; null to make one
   * @throws IllegalArgumentException if the API document leaves open what an operation does
   * @throws IllegalStateException if document and handlers do not match
   */
  public HttpEndpoint(HttpConfig config, UseCases useCases, @Nullable Vertx shared) {
    this.config = config;
    ApiDocument document = ApiDocument.load();
    KeyUsage usage = new KeyUsage(useCases.clock());
    Map<String, OperationHandler> handlers = handlers(useCases, document, usage, config);
    this.ownsVertx = shared == null;
    this.vertx = shared == null ? vertx(config) : shared;
    OperationRoute.Desk desk =
        new OperationRoute.Desk(
            useCases.keys(),
            useCases.memories(),
            new Admission(config),
            new BodyReader(vertx, config),
            usage);
    this.router = ApiRouter.build(vertx, document, handlers, desk);
  }

  static Map<String, OperationHandler> handlers(
      UseCases useCases, ApiDocument document, KeyUsage usage, HttpConfig config) {
    InstantSource clock = useCases.clock();
    Map<String, OperationHandler> handlers = new HashMap<>();
    handlers.putAll(new OpenRoutes(useCases.health(), clock, document).handlers());
    handlers.putAll(new CapabilityRoutes(useCases.namespaces(), useCases.health()).handlers());
    handlers.putAll(new NamespaceRoutes(useCases.namespaces()).handlers());
    handlers.putAll(new KeyRoutes(useCases.keys(), clock, usage).handlers());
    handlers.putAll(new BackupRoutes(useCases.backups()).handlers());
    handlers.putAll(
        new MemoryRoutes(useCases.memories(), clock, new AnswerLimit(config.maxAnswerBytes()))
            .handlers());
    return handlers;
  }

  /** Begins to listen; the stage gives the port. When it fails, everything is closed again. */
  public CompletionStage<Integer> start() {
    // To Vert.x a negative port is a free one that all servers which name it share.
    int port = config.port() == 0 ? FREE_PORTS.decrementAndGet() : config.port();
    List<Future<Integer>> listening = new ArrayList<>();
    for (int i = 0; i < config.eventLoops(); i++) {
      listening.add(listen(port));
    }
    return Future.all(listening)
        .map(all -> all.<Integer>resultAt(0))
        .recover(failure ->
            Future.fromCompletionStage(close())
                .transform(_ -> Future.<Integer>failedFuture(failure)))
        .toCompletionStage();
  }

  /** Stops to accept, lets what is under way finish, and closes; once, however often called. */
  public synchronized CompletionStage<Void> close() {
    if (closed == null) {
      List<Future<Void>> closing = new ArrayList<>();
      servers.forEach(
          server -> closing.add(server.shutdown(FINISH_WITHIN.toMillis(), TimeUnit.MILLISECONDS)));
      closed =
          Future.join(closing)
              .<Void>mapEmpty()
              .eventually(() -> ownsVertx ? vertx.close() : Future.succeededFuture())
              .toCompletionStage();
    }
    return closed;
  }

  /** Each server has an event loop of its own; Vert.x spreads connections over those of a port. */
  private Future<Integer> listen(int port) {
    HttpServer server =
        vertx
            .createHttpServer(options(port))
            .requestHandler(router)
            .invalidRequestHandler(HttpEndpoint::invalid)
            .exceptionHandler(_ -> {});
    servers.add(server);
    Deployable deployable = _ -> server.listen();
    return vertx.deployVerticle(deployable, new DeploymentOptions()).map(_ -> server.actualPort());
  }

  private HttpServerOptions options(int port) {
    return new HttpServerOptions()
        .setHost(config.host())
        .setPort(port)
        .setMaxInitialLineLength(MAX_LINE_BYTES)
        .setMaxHeaderSize(MAX_HEADER_BYTES)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout(Math.toIntExact(config.idleTimeout().toMillis()))
        .setDecompressionSupported(false)
        .setHttp2ClearTextEnabled(false);
  }

  /** What is not HTTP, or over its limits, gets an answer too, before the connection closes. */
  private static void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    String name = cause == null ? "" : cause.getClass().getSimpleName();
    Problem problem =
        switch (name) {
          case "TooLongHttpLineException" ->
              Problem.of(
                  414,
                  "URI_TOO_LONG",
                  "the request line must have at most %d bytes".formatted(MAX_LINE_BYTES));
          case "TooLongHttpHeaderException" ->
              Problem.of(
                  431,
                  "HEADERS_TOO_LARGE",
                  "the headers must have at most %d bytes".formatted(MAX_HEADER_BYTES));
          default -> Problem.invalid("the request is not valid HTTP", null);
        };
    new Exchange(request).send(problem);
    request.connection().close();
  }

  private static Vertx vertx(HttpConfig config) {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(config.eventLoops())
            .setWorkerPoolSize(Math.max(2, config.eventLoops())));
  }
}
