package io.mnemogrid.node.process;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requests to every route of the API document, each with every given namespace at every place where
 * a namespace can be named. Bodies are filled by the names of their fields, so that a new route is
 * walked too.
 */
final class RouteWalk {
  private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

  /** A destructive route of the walker's own namespaces comes last, or the rest would be empty. */
  private static final Set<String> LAST = Set.of("delete");

  private final JsonObject document;
  private final String memoryId;
  private final List<Request> requests = new ArrayList<>();

  private RouteWalk(JsonObject document, String memoryId) {
    this.document = document;
    this.memoryId = memoryId;
  }

  /** One request. */
  record Request(String method, String path, @Nullable JsonObject body) {
    ApiClient.Answer sendBy(ApiClient client) {
      return client.send(method, path, body);
    }
  }

  static List<Request> of(JsonObject document, List<String> namespaces, String memoryId) {
    var walk = new RouteWalk(document, memoryId);
    for (boolean last : new boolean[] {false, true}) {
      for (Map.Entry<String, Object> path : document.getJsonObject("paths")) {
        JsonObject item = (JsonObject) path.getValue();
        List<String> spellings = new ArrayList<>(List.of(path.getKey()));
        JsonArray others = item.getJsonArray("x-also-at", new JsonArray());
        others.forEach(other -> spellings.add((String) other));
        for (String method : METHODS) {
          if (item.containsKey(method) && LAST.contains(method) == last) {
            for (String spelling : spellings) {
              namespaces.forEach(
                  namespace -> walk.add(method, spelling, item.getJsonObject(method), namespace));
            }
          }
        }
      }
    }
    return walk.requests;
  }

  private void add(String method, String template, JsonObject operation, String namespace) {
    String path =
        template
            .replace("{namespace}", namespace)
            .replace("{agent_id}", namespace)
            .replace("{memory_id}", memoryId)
            .replace("{key_id}", "root")
            .replace("{backup_id}", "walked")
            .replace("{restore_id}", "walked");
    JsonObject body = body(operation, namespace);
    String upper = method.toUpperCase(Locale.ROOT);
    requests.add(new Request(upper, path, body));
    if (template.contains("{memory_id}") && !template.contains("{agent_id}")) {
      requests.add(new Request(upper, path + "?namespace=" + namespace, body));
      requests.add(new Request(upper, path + "?agent_id=" + namespace, body));
    }
    if (body != null && body.containsKey("namespace")) {
      JsonObject byAgent = body.copy();
      byAgent.remove("namespace");
      requests.add(new Request(upper, path, byAgent.copy())); // named nowhere
      requests.add(new Request(upper, path, byAgent.put("agent_id", namespace)));
    }
  }

  private @Nullable JsonObject body(JsonObject operation, String namespace) {
    JsonObject request = resolved(operation.getJsonObject("requestBody"));
    if (request == null) {
      return null;
    }
    JsonObject schema =
        resolved(
            request
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema"));
    JsonObject body = new JsonObject();
    if (schema != null) {
      JsonObject fields = schema.getJsonObject("properties", new JsonObject());
      if (fields.containsKey("agent_id") && !fields.containsKey("namespace")) {
        body.put("agent_id", namespace);
      }
      for (String field : fields.fieldNames()) {
        Object value =
            field.equals("filter")
                ? everything(fields.getJsonObject(field))
                : value(field, namespace);
        if (value != null) {
          body.put(field, value);
        }
      }
    }
    return body;
  }

  private @Nullable Object value(String field, String namespace) {
    return switch (field) {
      case "namespace", "name" -> namespace;
      case "content" -> "walked by";
      case "description" -> "a description";
      case "query" -> "island";
      case "memory_id" -> memoryId;
      case "id" -> "walked";
      case "memory_ids" -> new JsonArray().add(memoryId);
      case "importance" -> 0.5;
      case "scope" -> "read";
      case "extra_namespaces" -> new JsonArray().add("researcher");
      case "memories" ->
          new JsonArray().add(new JsonObject().put("id", "row").put("content", "a row"));
      default -> null; // optional, and about no namespace
    };
  }

  /** A filter that every memory passes. */
  private JsonObject everything(JsonObject declared) {
    JsonObject filter = resolved(declared);
    boolean named = filter != null && filter.containsKey("properties");
    return named
        ? new JsonObject().put("min_importance", 0)
        : new JsonObject().put("importance", new JsonObject().put("$gte", 0));
  }

  private @Nullable JsonObject resolved(@Nullable JsonObject node) {
    if (node == null || !node.containsKey("$ref")) {
      return node;
    }
    JsonObject target = document;
    for (String step : node.getString("$ref").substring(2).split("/", -1)) {
      target = target.getJsonObject(step);
    }
    return resolved(target);
  }
}
