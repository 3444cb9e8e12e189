package io.mnemogrid.node.process;

import io.mnemogrid.node.testing.PatientWaits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/**
 * A client of one node with one key.
 *
 * @param address where the node listens for clients
 * @param key sent as a bearer token, or {@code ""} for none
 */
record ApiClient(URI address, String key) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What came back. */
  record Answer(int status, String body) {
    JsonObject json() {
      return new JsonObject(body);
    }

    /** This answer, if it is a success. */
    Answer ok() {
      if (status / 100 != 2) {
        throw new AssertionError("answered " + status + ": " + body);
      }
      return this;
    }
  }

  static ApiClient of(NodeProcess node, String key) {
    return new ApiClient(node.address(), key);
  }

  /** A client of the node with the tests' root key. */
  static ApiClient root(NodeProcess node) {
    return of(node, NodeProcess.ROOT_KEY);
  }

  ApiClient withKey(String other) {
    return new ApiClient(address, other);
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer delete(String path) {
    return send("DELETE", path, null);
  }

  Answer post(String path, JsonObject body) {
    return send("POST", path, body);
  }

  /**
   * @throws UncheckedIOException if the connection broke, so that the outcome is not known
   */
  Answer send(String method, String path, @Nullable JsonObject body) {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(PatientWaits.HANG)
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      var response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Makes a key with these grants, {@code namespace:scope} each; answers its secret. */
  String newKey(String name, String... grants) {
    return newKeyAnswer(name, grants).getString("key");
  }

  JsonObject newKeyAnswer(String name, String... grants) {
    var list = new JsonArray();
    for (String grant : grants) {
      int colon = grant.lastIndexOf(':');
      list.add(
          new JsonObject()
              .put("namespace", grant.substring(0, colon))
              .put("scope", grant.substring(colon + 1)));
    }
    return post("/admin/keys", new JsonObject().put("name", name).put("grants", list)).ok().json();
  }
}
