package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.testing.NodeUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plain client with one key; every answer that it sees is held to the document. */
final class ApiClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ResponseContract CONTRACT = new ResponseContract();

  private final URI baseUrl;
  private final @Nullable String key;
  private final Map<String, String> headers;

  ApiClient(URI baseUrl, @Nullable String key) {
    this(baseUrl, key, Map.of());
  }

  private ApiClient(URI baseUrl, @Nullable String key, Map<String, String> headers) {
    this.baseUrl = baseUrl;
    this.key = key;
    this.headers = headers;
  }

  static ApiClient root(NodeUnderTest node) {
    return new ApiClient(node.baseUrl(), node.rootKey());
  }

  static ResponseContract contract() {
    return CONTRACT;
  }

  ApiClient withKey(@Nullable String other) {
    return new ApiClient(baseUrl, other, headers);
  }

  /** A client that sends this header too. */
  ApiClient with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new ApiClient(baseUrl, key, more);
  }

  /** An answer with its headers. */
  record Reply(int status, JsonObject body, java.net.http.HttpHeaders headers) {
    Reply expect(int wanted) {
      assertThat(status).as("%s", body).isEqualTo(wanted);
      return this;
    }

    /** Expects an error of this status and code. */
    Reply refused(int wanted, String code) {
      expect(wanted);
      assertThat(body.getString("code")).as("%s", body).isEqualTo(code);
      assertThat(headers.firstValue("X-Request-Id")).hasValue(body.getString("request_id"));
      return this;
    }

    String details() {
      return body.getString("details", "");
    }

    JsonObject memory() {
      return body.getJsonObject("memory");
    }

    JsonArray memories() {
      return body.getJsonArray("memories");
    }
  }

  Reply get(String path) {
    return send("GET", path, null);
  }

  Reply delete(String path) {
    return send("DELETE", path, null);
  }

  Reply post(String path, JsonObject body) {
    return send("POST", path, body.encode());
  }

  Reply send(String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(baseUrl.resolve(path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    headers.forEach(request::header);
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    return send(request.build());
  }

  Reply send(HttpRequest request) {
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 304) {
        assertThat(response.body()).isEmpty();
        return new Reply(304, new JsonObject(), response.headers());
      }
      assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
      JsonObject body = new JsonObject(response.body());
      String path = request.uri().getRawPath();
      CONTRACT.check(request.method(), path, response.statusCode(), body);
      return new Reply(response.statusCode(), body, response.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes a key and gives a client that uses it. */
  ApiClient keyWith(String name, JsonObject... grants) {
    JsonArray list = new JsonArray();
    for (JsonObject grant : grants) {
      list.add(grant);
    }
    Reply made = post("/admin/keys", new JsonObject().put("name", name).put("grants", list));
    return withKey(made.expect(201).body().getString("key"));
  }

  static JsonObject grant(String namespace, String scope) {
    return new JsonObject().put("namespace", namespace).put("scope", scope);
  }

  /** Everything that the node holds, as the root key sees it. */
  String state() {
    StringBuilder state = new StringBuilder();
    JsonArray names = get("/v1/namespaces").expect(200).body().getJsonArray("namespaces");
    for (Object name : names) {
      JsonObject all = new JsonObject().put("namespace", name).put("limit", 1000);
      state.append(get("/v1/namespaces/" + name).expect(200).body().encode());
      state.append(post("/v1/memories/recall/batch", all).expect(200).body().encode());
    }
    return state.append(get("/admin/keys").expect(200).body().encode()).toString();
  }
}
