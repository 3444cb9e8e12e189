package io.mnemogrid.node.http;

import io.mnemogrid.node.model.Failures;
import io.mnemogrid.node.model.Refusal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.handler.HttpException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its one answer. Used on the request's event loop only. */
final class Exchange {
  static final String REQUEST_ID = "X-Request-Id";

  /** An answer of about this size is turned into text on a worker. */
  static final int HEAVY_BYTES = 64 << 10;

  private static final int BAD_REQUEST = 400;
  private static final int NOT_MODIFIED = 304;
  private static final int INTERNAL_ERROR = 500;
  private static final int UNAVAILABLE = 503;
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private final HttpServerRequest request;
  private final String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

  Exchange(HttpServerRequest request) {
    this.request = request;
  }

  /** What was sent, for the figures. */
  record Sent(int status, int bytes) {}

  /** Sends the answer; {@code context} is the request's, which this runs on. */
  Future<Sent> send(Context context, Answer answer) {
    Future<Buffer> body =
        answer.weight() > HEAVY_BYTES
            ? context.executeBlocking(answer.body()::get, false)
            : Future.future(promise -> promise.complete(answer.body().get()));
    return body.map(text -> write(answer, text, 0));
  }

  /** Sends the error that {@code failure} stands for. */
  Sent fail(Throwable failure) {
    Problem problem = problem(failure);
    if (problem.status() == INTERNAL_ERROR) {
      LOG.error("request {}: {} {}", id, request.method(), request.path(), failure);
    } else if (problem.status() == UNAVAILABLE) {
      LOG.warn("request {}: {} {}: {}", id, request.method(), request.path(), problem.error());
    }
    return send(problem);
  }

  Sent send(Problem problem) {
    return write(
        new Answer(problem.status(), problem.headers(), 0, 0, Buffer::buffer),
        problem.json(id).toBuffer(),
        problem.retryAfterSeconds());
  }

  /** The same with the header that a wrong method is owed. */
  void sendWrongMethod(String allow) {
    if (isOpen()) {
      request.response().putHeader(HttpHeaders.ALLOW, allow);
    }
    send(
        Problem.of(
            405,
            "METHOD_NOT_ALLOWED",
            "this path takes %s, not %s"
                .formatted(allow, Shown.text(request.method().name(), 16))));
  }

  private Sent write(Answer answer, Buffer body, long retryAfterSeconds) {
    Sent sent = new Sent(answer.status(), body.length());
    if (!isOpen()) {
      return sent; // the client has gone; what it asked for was done all the same
    }
    HttpServerResponse response = request.response();
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    response.putHeader(REQUEST_ID, id);
    if (answer.status() == NOT_MODIFIED) {
      response.end();
      return sent;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    if (retryAfterSeconds > 0) {
      response.putHeader("Retry-After", Long.toString(retryAfterSeconds));
    }
    if (request.method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length())).end();
    } else {
      response.end(body);
    }
    return sent;
  }

  private boolean isOpen() {
    return !request.response().ended() && !request.response().closed();
  }

  private static Problem problem(@Nullable Throwable failure) {
    return switch (failure == null ? null : Failures.unwrapped(failure)) {
      case RequestRefused refused -> refused.problem();
      case Refusal refusal -> Problem.of(refusal);
      case HttpException bad when bad.getStatusCode() == BAD_REQUEST ->
          Problem.invalid(
              "the query of the address is malformed; write each sign that is not allowed there as %XX",
              null);
      case null, default -> Problem.internal();
    };
  }
}
