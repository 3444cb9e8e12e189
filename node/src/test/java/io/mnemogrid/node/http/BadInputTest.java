package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mnemogrid.node.testing.NodeUnderTest;
import io.mnemogrid.node.testing.RawConnection;
import io.mnemogrid.node.testing.RawConnection.Reply;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every field of every operation, wrong in every way that the document rules out: each is refused
 * with its name, nothing changes, and one connection lasts through all of it.
 */
class BadInputTest {
  private static final List<String> NOT_JSON =
      List.of("NaN", "Infinity", "-Infinity", "1e999", "-1e999", "0x10", "1.", "+1");
  private static final ApiDocument DOCUMENT = ApiDocument.load();
  private static final References REFERENCES = new References(DOCUMENT.content());
  private static final BadInput BAD = new BadInput(REFERENCES);
  private static final ResponseContract CONTRACT = new ResponseContract();

  private static NodeUnderTest node;
  private static RawConnection connection;
  private static ApiClient root;

  @BeforeAll
  static void start() {
    node = NodeUnderTest.start();
    connection = new RawConnection(node.baseUrl());
    root = ApiClient.root(node);
    root.post("/v1/namespaces", new JsonObject().put("name", "a1")).expect(201);
    root.post(
            "/v1/memory/store",
            new JsonObject().put("namespace", "a1").put("id", "a1").put("content", "stays"))
        .expect(200);
  }

  @AfterAll
  static void stop() {
    connection.close();
    node.close();
  }

  @TestFactory
  Stream<DynamicTest> everyFieldOfEveryBody() {
    return DOCUMENT.operations().stream()
        .filter(operation -> operation.body() != null)
        .map(operation -> dynamicTest(operation.id(), () -> refusesEveryBadBody(operation)));
  }

  @TestFactory
  Stream<DynamicTest> everyParameterOfEveryOperation() {
    return DOCUMENT.operations().stream()
        .filter(operation -> !operation.parameters().isEmpty())
        .map(operation -> dynamicTest(operation.id(), () -> refusesEveryBadParameter(operation)));
  }

  @Test
  void theTableIsNotEmpty() {
    long cases =
        DOCUMENT.operations().stream()
            .filter(operation -> operation.body() != null)
            .mapToLong(operation -> BAD.bodies(bodySchema(operation)).size())
            .sum();
    assertThat(cases).isGreaterThan(1_500);
  }

  private static void refusesEveryBadBody(Operation operation) {
    String before = root.state();
    String path = filled(operation, "a1");
    for (BadInput.Case bad : BAD.bodies(bodySchema(operation))) {
      String body = Json.encode(bad.body());
      if (bad.path().equals(BadInput.HOLE)) {
        for (String raw : NOT_JSON) {
          String broken = body.replace('"' + BadInput.HOLE + '"', raw);
          expectRefused(operation, path, broken, "", "is " + raw);
        }
      } else {
        expectRefused(operation, path, body, bad.path(), bad.why());
      }
    }
    assertThat(root.state()).isEqualTo(before);
  }

  private static void refusesEveryBadParameter(Operation operation) {
    String before = root.state();
    JsonObject good =
        operation.body() == null
            ? new JsonObject()
            : new JsonObject(References.object(BAD.good(bodySchema(operation))));
    for (Map<String, Object> parameter : parameters(operation)) {
      String name = String.valueOf(parameter.get("name"));
      Map<String, Object> schema = REFERENCES.resolve(parameter.get("schema"));
      BAD.badTexts(schema)
          .forEach((why, value) -> {
            String text = (String) value;
            boolean inPath = "path".equals(parameter.get("in"));
            if ("header".equals(parameter.get("in"))) {
              expectHeaderRefused(operation, good.encode(), name, text);
              return;
            }
            // In a path, nothing is another path, and so are dots; a line has its own limit.
            if (text.length() > 4_000 || (inPath && (text.isEmpty() || text.equals("..")))) {
              return;
            }
            String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
            String path =
                inPath
                    ? filled(operation, "a1", name, encoded)
                    : filled(operation, "a1") + "?" + name + "=" + encoded;
            expectRefused(operation, path, good.encode(), name, why);
          });
    }
    assertThat(root.state()).isEqualTo(before);
  }

  private static void expectHeaderRefused(
      Operation operation, String body, String name, String text) {
    if (text.length() > 4_000 || !text.matches("[ -~]*")) {
      return; // not HTTP, or over its limits, before it is a parameter
    }
    Reply reply =
        connection.send(
            operation.method().name(),
            filled(operation, "a1"),
            node.rootKey(),
            Map.of("Content-Type", "application/json", name, text),
            body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as("%s: %s, got %s", name, text, reply).isEqualTo(400);
    assertThat(reply.json().getString("details")).contains(name);
  }

  private static void expectRefused(
      Operation operation, String path, String body, String field, String why) {
    String method = operation.method().name();
    Reply reply =
        connection.send(method, path, node.rootKey(), body.getBytes(StandardCharsets.UTF_8));
    String shown = body.length() > 300 ? body.substring(0, 300) + "…" : body;
    assertThat(reply.status())
        .as("%s %s: %s %s, sent %s, got %s", method, path, field, why, shown, reply)
        .isEqualTo(400);
    JsonObject error = reply.json();
    CONTRACT.check(method, operation.paths().getFirst(), 400, error);
    assertThat(error.getString("code")).isEqualTo("INVALID_REQUEST");
    assertThat(error.getString("details"))
        .as("%s %s: %s %s, sent %s", method, path, field, why, shown)
        .contains(field);
    assertThat(error.encode().length()).as("an error stays short").isLessThan(8_000);
  }

  private static Map<String, Object> declared(Operation operation) {
    Map<String, Object> paths = References.object(DOCUMENT.content().get("paths"));
    return References.object(
        References.object(paths.get(operation.paths().getFirst()))
            .get(operation.method().name().toLowerCase(Locale.ROOT)));
  }

  private static Map<String, Object> bodySchema(Operation operation) {
    Map<String, Object> body = REFERENCES.resolve(declared(operation).get("requestBody"));
    Map<String, Object> content = References.object(body.get("content"));
    return REFERENCES.resolve(References.object(content.get("application/json")).get("schema"));
  }

  private static List<Map<String, Object>> parameters(Operation operation) {
    Map<String, Object> paths = References.object(DOCUMENT.content().get("paths"));
    Object shared =
        References.object(paths.get(operation.paths().getFirst()))
            .getOrDefault("parameters", List.of());
    Object own = declared(operation).getOrDefault("parameters", List.of());
    return Stream.of(shared, own)
        .flatMap(list -> ((List<?>) list).stream())
        .map(REFERENCES::resolve)
        .toList();
  }

  private static String filled(Operation operation, String value, String... except) {
    String path = operation.paths().getFirst();
    for (int i = 0; i < except.length; i += 2) {
      path = path.replace("{" + except[i] + "}", except[i + 1]);
    }
    return path.replaceAll("\\{[^}]*}", value);
  }
}
