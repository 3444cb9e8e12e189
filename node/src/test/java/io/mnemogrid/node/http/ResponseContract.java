package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds answers to the response schemas of the document, with another validator than the node's. A
 * field that the document does not name is an error too.
 */
final class ResponseContract {
  private final ApiDocument document = ApiDocument.load();
  private final References references = new References(document.content());
  private final Map<String, Validator> validators = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  void check(String method, String path, int status, JsonObject body) {
    String plain = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    Operation operation =
        document.operations().stream()
            .filter(candidate -> candidate.method().name().equals(method))
            .filter(candidate -> candidate.paths().stream().anyMatch(t -> fits(t, plain)))
            .findFirst()
            .orElse(null);
    if (operation == null) {
      assertThat(status)
          .as("an answer that the document does not name is an error")
          .isBetween(400, 599);
    }
    String name = operation == null ? "default" : operation.id() + " " + status;
    OutputUnit result =
        validators.computeIfAbsent(name, _ -> validator(operation, status)).validate(body);
    assertThat(result.getValid())
        .as("%s %s -> %d %s: %s", method, path, status, body, result.getErrors())
        .isTrue();
    if (operation != null && status < 400) {
      seen.add(operation.id());
    }
  }

  /** Operations of which a good answer was checked. */
  Set<String> answered() {
    return seen;
  }

  private Validator validator(@org.jspecify.annotations.Nullable Operation operation, int status) {
    Object schema =
        operation == null
            ? Map.of("$ref", "#/components/schemas/Error")
            : responseSchema(operation, status);
    return Validator.create(
        JsonSchema.of(new JsonObject(closed(schema))),
        new JsonSchemaOptions()
            .setBaseUri("app://contract")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic));
  }

  private Map<String, Object> responseSchema(Operation operation, int status) {
    Map<String, Object> paths = References.object(document.content().get("paths"));
    Map<String, Object> declared =
        References.object(
            References.object(paths.get(operation.paths().getFirst()))
                .get(operation.method().name().toLowerCase(java.util.Locale.ROOT)));
    Map<String, Object> responses = References.object(declared.get("responses"));
    Object response = responses.get(Integer.toString(status));
    if (response == null) {
      assertThat(status)
          .as("%s answers a status it does not document", operation.id())
          .isGreaterThanOrEqualTo(400);
      response = responses.get("default");
    }
    Map<String, Object> content = References.object(references.resolve(response).get("content"));
    return references.resolve(References.object(content.get("application/json")).get("schema"));
  }

  /** The schema without references, and closed to fields that it does not name. */
  private Map<String, Object> closed(Object schema) {
    Map<String, Object> copy = new LinkedHashMap<>();
    references
        .resolve(schema)
        .forEach((word, value) -> {
          switch (word) {
            case "properties" -> {
              Map<String, Object> properties = new LinkedHashMap<>();
              References.object(value)
                  .forEach((name, property) -> properties.put(name, closed(property)));
              copy.put(word, properties);
            }
            case "items", "additionalProperties" -> copy.put(word, closed(value));
            default -> copy.put(word, value instanceof List<?> l ? new ArrayList<>(l) : value);
          }
        });
    if (copy.containsKey("properties")) {
      copy.put("additionalProperties", false);
    }
    return copy;
  }

  private static boolean fits(String template, String path) {
    return path.matches(template.replaceAll("\\{[^}]*}", "[^/]+"));
  }
}
