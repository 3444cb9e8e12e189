package io.mnemogrid.node.http;

import io.mnemogrid.node.access.Action;
import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Permit;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.memory.Keys;
import io.mnemogrid.node.memory.Memories;
import io.mnemogrid.node.model.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request through one operation: room for it, who asks, parameters, body, permit,
 * handler, answer. Every refusal on the way becomes an error body.
 */
final class OperationRoute implements Handler<RoutingContext> {
  private static final String BEARER = "bearer ";
  private static final List<String> CONDITIONS =
      List.of(EntityTags.IF_MATCH, EntityTags.IF_NONE_MATCH, WriteGuards.IDEMPOTENCY_KEY);

  private final Operation operation;
  private final OperationHandler handler;
  private final Desk desk;
  private final RequestCheck check;

  /** What all routes share. */
  record Desk(
      Keys keys, Memories memories, Admission admission, BodyReader bodies, KeyUsage usage) {}

  OperationRoute(Operation operation, OperationHandler handler, Desk desk) {
    this.operation = operation;
    this.handler = handler;
    this.desk = desk;
    this.check = new RequestCheck(operation);
  }

  @Override
  public void handle(RoutingContext routing) {
    Underway underway = new Underway(routing);
    try {
      underway.begin();
    } catch (RuntimeException e) {
      underway.refuse(e);
    }
  }

  /** One request underway; used on its event loop, but for {@link #perform}. */
  private final class Underway {
    private final RoutingContext routing;
    private final HttpServerRequest request;
    private final Exchange exchange;
    private final Context context;
    private final long began = System.nanoTime();
    private Admission.@Nullable Ticket ticket;
    private @Nullable ApiKey key;
    private volatile List<Permit> permits = List.of();

    Underway(RoutingContext routing) {
      this.routing = routing;
      this.request = routing.request();
      this.exchange = new Exchange(request);
      this.context = routing.vertx().getOrCreateContext();
    }

    void begin() {
      Action action = operation.action();
      if (action == null) {
        desk.bodies().discard(request, 0);
        settle(handler.handle(new Call(operation.id(), List.of(), Fields.NONE, Fields.NONE)));
        return;
      }
      Admission.Ticket entered = desk.admission().enter();
      ticket = entered;
      ApiKey caller = desk.keys().authenticate(token(request));
      key = caller;
      refuseConditions(action);
      Fields parameters =
          check.parameters(routing.pathParams(), routing.queryParams(), request.headers());
      Permit early = check.early(caller, parameters);
      permits = early == null ? List.of() : List.of(early);
      check.contentType(request);
      desk.bodies()
          .read(request, entered)
          .compose(body -> performed(() -> perform(caller, early, parameters, body), body.length()))
          .onSuccess(this::settle)
          .onFailure(this::refuse);
    }

    /** A large body is read and checked on a worker: event loops stay free. */
    private Future<CompletionStage<Answer>> performed(
        java.util.concurrent.Callable<CompletionStage<Answer>> work, int bytes) {
      if (bytes > Exchange.HEAVY_BYTES) {
        return context.executeBlocking(work, false);
      }
      try {
        return Future.succeededFuture(work.call());
      } catch (Exception e) {
        return Future.failedFuture(e);
      }
    }

    private CompletionStage<Answer> perform(
        ApiKey caller, @Nullable Permit early, Fields parameters, Buffer text) {
      RequestCheck.Checked checked = check.body(caller, early, parameters, text);
      if (!checked.permits().isEmpty()) {
        permits = checked.permits();
        return handler.handle(call(checked));
      }
      return desk.memories()
          .locate(caller, checked.memoryId())
          .thenCompose(namespace -> {
            Permit located =
                Permit.require(caller, Objects.requireNonNull(operation.action()), namespace);
            permits = List.of(located);
            return handler.handle(call(checked));
          });
    }

    /** Answers come on any thread; they go out on the request's own. */
    private void settle(CompletionStage<Answer> stage) {
      stage.whenComplete((answer, failure) ->
          context.runOnContext(_ -> {
            if (failure != null) {
              refuse(failure);
            } else {
              exchange
                  .send(context, answer)
                  .onSuccess(sent -> done(sent, answer.memories()))
                  .onFailure(this::refuse);
            }
          }));
    }

    private void refuse(Throwable failure) {
      if (!request.isEnded()) {
        desk.bodies().discard(request, 0);
      }
      done(exchange.fail(failure), 0);
    }

    private void done(Exchange.Sent sent, int memories) {
      if (ticket != null) {
        ticket.release();
      }
      ApiKey caller = key;
      if (caller != null) {
        boolean onNamespace = !(operation.namespace() instanceof NamespaceSource.None);
        desk.usage()
            .count(
                caller.id(),
                new KeyUsage.Served(
                    operation.endpoint(),
                    onNamespace ? permits.stream().map(Permit::namespace).toList() : List.of(),
                    sent,
                    System.nanoTime() - began,
                    memories));
      }
    }

    private Call call(RequestCheck.Checked checked) {
      return new Call(operation.id(), permits, checked.parameters(), checked.body());
    }

    /** Better refused than ignored: who sends a condition relies on it. */
    private void refuseConditions(Action action) {
      for (String condition : CONDITIONS) {
        if (request.headers().contains(condition)
            && !operation.takesHeader(condition)
            && !isHarmless(condition, action)) {
          throw new RequestRefused(
              Problem.invalid(
                  "this operation takes no condition of that kind",
                  condition
                      + " means nothing here: leave it out, or see which operations take it in /v1/openapi.json"));
        }
      }
    }

    /**
     * Of a GET a condition only saves the sending of an answer; to read twice changes nothing, and
     * a namespace is made once, however often it is asked for.
     */
    private boolean isHarmless(String condition, Action action) {
      boolean onceAtMost = action.needed() == Scope.READ || action == Action.NAMESPACE_CREATE;
      return operation.method().equals(HttpMethod.GET)
          || (onceAtMost && condition.equals(WriteGuards.IDEMPOTENCY_KEY));
    }
  }

  private static String token(HttpServerRequest request) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    String token =
        authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? authorization.substring(BEARER.length()).strip()
            : request.getHeader("X-API-Key");
    if (token == null || token.isEmpty()) {
      throw new Refusal.Unauthenticated(
          Refusal.Unauthenticated.Reason.NO_KEY,
          "send your key as 'Authorization: Bearer <key>' or 'X-API-Key: <key>'");
    }
    return token;
  }
}
