package io.mnemogrid.perf;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** A client of one node with one key. Any thread; as many connections as callers at a time. */
public final class ApiClient {
  private static final Duration REQUEST_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * Answers are taken where they are read: a thread more to wake would count as the node's time.
   */
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(Runnable::run).build();

  private final LongAdder putOff = new LongAdder();
  private final String url;
  private final String key;

  public ApiClient(String url, String key) {
    this.url = url;
    this.key = key;
  }

  /** What came back. */
  public record Answer(int status, String body) {
    public JsonObject json() {
      return new JsonObject(body);
    }
  }

  public Answer get(String path) {
    HttpResponse<String> response = send(request(path).GET().build());
    return new Answer(response.statusCode(), response.body());
  }

  /**
   * Posts until the node takes it, waiting as long as it says when it is busy.
   *
   * @throws RefusedException for any other answer than a success
   */
  public Answer post(String path, String json) {
    HttpRequest request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      HttpResponse<String> response = send(request);
      int status = response.statusCode();
      if (status / 100 == 2) {
        return new Answer(status, response.body());
      }
      if ((status != 429 && status != 503) || System.nanoTime() > deadline) {
        throw new RefusedException(path, status, response.body());
      }
      putOff.increment();
      Pause.of(Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(1)));
    }
  }

  /** How often the node was busy (429 or 503) and asked to be tried again. */
  public long putOff() {
    return putOff.sum();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(REQUEST_TIMEOUT)
        .header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
