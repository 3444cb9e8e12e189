package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other servers of the interface have, and this one does not, is said to be missing. */
class NotBuiltTest extends WholeNodeTest {
  @TestFactory
  Stream<DynamicTest> whoHasAKeyIsToldWhichFeatureIsMissing() {
    ApiClient stranger = root.keyWith("stranger", grant("elsewhere", "read"));
    return ApiDocument.load().notBuilt().stream()
        .flatMap(missing ->
            places(missing)
                .map(path ->
                    dynamicTest(
                        missing.method() + " " + path,
                        () -> {
                          String method = missing.method().name();
                          root.withKey(null)
                              .send(method, path, "{")
                              .refused(401, "AUTHENTICATION_REQUIRED");
                          for (ApiClient client : List.of(root, stranger)) {
                            ApiClient.Reply reply = client.send(method, path, "{");
                            reply.refused(501, "FEATURE_DISABLED");
                            assertThat(reply.body().getString("error")).contains(missing.feature());
                          }
                        })));
  }

  /** A prefix is the place itself and all that is below it. */
  private static Stream<String> places(NotBuilt missing) {
    String path = missing.path().replaceAll("\\{[^}]*}", "x");
    return path.endsWith("/*")
        ? Stream.of(path.replace("/*", ""), path.replace("*", "a"), path.replace("*", "a/b"))
        : Stream.of(path);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/sessions/start",
    "GET, /v1/agents",
    "GET, /v1/agents/x/wake-up?top_n=5",
    "POST, /v1/memories/m/links",
    "GET, /v1/memories/m/feedback",
    "GET, /v1/knowledge/query?root=x",
    "POST, /v1/namespaces/x/upsert-text",
    "POST, /v1/namespaces/x/vectors/bulk-delete",
    "GET, /v1/import/7/status",
    "PATCH, /v1/namespaces/x/extractor",
    "GET, /v1/analytics/overview?period=1h",
  })
  void soAreTheRoutesThatClientsCall(String method, String path) {
    root.send(method, path, null).refused(501, "FEATURE_DISABLED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/sessionsx",
        "/v1/agents/x/nothing",
        "/v1/memories/m/nothing",
        "/v1/namespaces/x/delete",
        "/v1/namespaces/x/query/explain",
        "/v1/nothing"
      })
  void whatNoClientKnowsIsNotThere(String path) {
    root.get(path).refused(404, "NOT_FOUND");
  }

  @Test
  void aMethodThatThePathNeverTookIsStillWrong() {
    root.send("PATCH", "/v1/memories/m/feedback", "{}").refused(405, "METHOD_NOT_ALLOWED");
  }
}
