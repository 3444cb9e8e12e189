package io.mnemogrid.node.testing;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A client as an SDK is one, through any node: what has no answer, or one that does not say what
 * became of it, is sent again as it was, to whichever node is there.
 */
public final class RetryingClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private final List<URI> addresses;
  private final String key;
  private final SplittableRandom random;
  private int resent;

  /**
   * @param addresses where nodes listen; may change while the client is used
   * @param key of the API
   */
  public RetryingClient(List<URI> addresses, String key, long seed) {
    this.addresses = addresses;
    this.key = key;
    this.random = new SplittableRandom(seed);
  }

  /** A definite answer. */
  public record Answer(int status, String body, String etag) {
    public JsonObject json() {
      return new JsonObject(body);
    }

    public Answer ok() {
      if (status != 200 && status != 201) {
        throw new AssertionError("answered " + status + ": " + body);
      }
      return this;
    }
  }

  /** How often something was sent again. */
  public int resent() {
    return resent;
  }

  public SplittableRandom random() {
    return random;
  }

  /** A name for a request that no other has. */
  public String drawKey() {
    return Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
  }

  public Answer send(
      String method, String path, @Nullable JsonObject body, Map<String, String> headers) {
    while (true) {
      List<URI> alive = List.copyOf(addresses);
      try {
        HttpResponse<String> response =
            HTTP.send(
                request(alive.get(random.nextInt(alive.size())), method, path, body, headers),
                BodyHandlers.ofString());
        if (response.statusCode() < SERVER_ERROR && response.statusCode() != TOO_MANY) {
          return new Answer(
              response.statusCode(),
              response.body(),
              response.headers().firstValue("ETag").orElse(""));
        }
        if (response.statusCode() == SERVER_ERROR) {
          throw new AssertionError("a bug: " + response.body());
        }
      } catch (IOException e) {
        if (alive.isEmpty()) {
          throw new UncheckedIOException(e);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      resent++;
      Thread.yield();
    }
  }

  private HttpRequest request(
      URI address,
      String method,
      String path,
      @Nullable JsonObject body,
      Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()))
            .header("Authorization", "Bearer " + key);
    headers.forEach(request::header);
    return request.build();
  }
}
