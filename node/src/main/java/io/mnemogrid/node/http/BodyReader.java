package io.mnemogrid.node.http;

import io.mnemogrid.node.config.HttpConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a request's body up to a limit. What is over it is read and thrown away, so that the
 * connection can be used again, up to {@value #DISCARD_FACTOR} times the limit; then it is closed.
 */
final class BodyReader {
  private static final int DISCARD_FACTOR = 4;

  private final Vertx vertx;
  private final int maxBytes;
  private final long timeoutMillis;

  BodyReader(Vertx vertx, HttpConfig config) {
    this.vertx = vertx;
    this.maxBytes = config.maxBodyBytes();
    this.timeoutMillis = config.bodyTimeout().toMillis();
  }

  /** Called on the request's event loop, before any of the body has come. */
  Future<Buffer> read(HttpServerRequest request, Admission.Ticket ticket) {
    long announced = announced(request);
    if (announced > maxBytes) {
      discard(request, 0);
      return Future.failedFuture(tooLarge());
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Promise<Buffer> promise = Promise.promise();
    Buffer body = Buffer.buffer(announced > 0 ? (int) Math.min(announced, 1 << 16) : 256);
    long timer =
        vertx.setTimer(
            timeoutMillis,
            _ -> {
              if (promise.tryFail(new RequestRefused(tooSlow()))) {
                discard(request, body.length());
              }
            });
    request.handler(chunk -> {
      try {
        if (body.length() + chunk.length() > maxBytes) {
          throw tooLarge();
        }
        ticket.hold(chunk.length());
        body.appendBuffer(chunk);
      } catch (RequestRefused e) {
        discard(request, (long) body.length() + chunk.length());
        promise.tryFail(e);
      }
    });
    request.endHandler(_ -> promise.tryComplete(body));
    request.exceptionHandler(_ -> promise.tryFail(new RequestRefused(brokenOff())));
    return promise.future().onComplete(_ -> vertx.cancelTimer(timer));
  }

  /** Lets the rest of a body that nobody wants pass by. */
  void discard(HttpServerRequest request, long already) {
    if (request.isEnded()) {
      return;
    }
    long[] passed = {already};
    request.handler(chunk -> {
      passed[0] += chunk.length();
      if (passed[0] > (long) DISCARD_FACTOR * maxBytes) {
        request.connection().close();
      }
    });
    request.endHandler(_ -> {});
    request.exceptionHandler(_ -> {});
  }

  private RequestRefused tooLarge() {
    return new RequestRefused(
        new Problem(
            413,
            "PAYLOAD_TOO_LARGE",
            "the body is larger than this node takes",
            "a body must have at most %d bytes".formatted(maxBytes),
            null,
            null));
  }

  private Problem tooSlow() {
    return Problem.of(
        408, "REQUEST_TIMEOUT", "the body did not come within %d ms".formatted(timeoutMillis));
  }

  /** Nobody reads this answer, but the request ends as any other does. */
  private static Problem brokenOff() {
    return Problem.invalid("the connection ended before the body did", null);
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? -1 : Long.parseLong(length.strip());
  }
}
