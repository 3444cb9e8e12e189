package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages that a client's author reads. */
class SchemaTest {
  private static final ApiDocument DOCUMENT = ApiDocument.load();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "recall | {'top_k':0} | top_k must be an integer from 1 to 1000, was 0",
        "recall | {'top_k':1000000000} | top_k must be an integer from 1 to 1000, was 1000000000",
        "recall | {'top_k':'5'} | top_k must be an integer from 1 to 1000, was \"5\"",
        "recall | {'top_k':2.5} | top_k must be an integer from 1 to 1000, was 2.5",
        "recall | {'routing':'magic'} | routing must be one of auto, vector, bm25, hybrid, was \"magic\"",
        "recall | {'rerank':1} | rerank must be true or false, was 1",
        "recall | {'since':'monday'} | since must be an ISO-8601 time, as 2026-01-31T12:00:00Z, was \"monday\"",
        "recall | {'embedding':[1,'x']} | embedding[1] must be a number from -3.4E38 to 3.4E38, was \"x\"",
        "recall | {'embedding':[]} | embedding must be an array of 1 to 4096 items, was an array of 0 items",
        "store | {} | content is required and must be a string of 1 to 100000 bytes of UTF-8",
        "store | {'content':'x','metadata':[]} | metadata must be an object, was an array of 0 items",
        "store | {'content':'x','tags':['a',7]} | tags[1] must be a string of 1 to 256 characters, was 7",
        "store | {'content':'x','session_id':'a\\u0000b','ttl_seconds':0} | ttl_seconds must be an integer from 1 to 3153600000, was 0",
        "createKey | {'name':'k','grants':[{'namespace':'a'}]} | grants[0].scope is required and must be one of read, write, publish, verify, admin",
        "updateKey | {} | name or namespaces or grants is required",
      })
  void aMessageSaysWhereWhatAndWhatWouldBeRight(String operation, String body, String message) {
    assertThatThrownBy(() -> check(operation, body))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused -> assertThat(refused.problem().details()).isEqualTo(message));
  }

  @Test
  void aWholeNumberMayBeWrittenWithAPoint() {
    check("recall", "{'top_k':5.0}");
  }

  @Test
  void limitsHoldAtTheLimitAndNotOnePastIt() {
    check("store", "{'content':'" + "a".repeat(100_000) + "'}");
    assertThatThrownBy(() -> check("store", "{'content':'" + "é".repeat(50_001) + "'}"))
        .hasMessageContaining("was \"ééé")
        .hasMessageContaining("(100002 bytes)");
    check("store", "{'content':'x','tags':[" + "'t',".repeat(49) + "'t']}");
    assertThatThrownBy(
            () -> check("store", "{'content':'x','tags':[" + "'t',".repeat(50) + "'t']}"))
        .hasMessageContaining(
            "tags must be an array of at most 50 items, was an array of 51 items");
    check("store", "{'content':'x','tags':['" + "😀".repeat(256) + "']}");
  }

  @Test
  void manyProblemsAreShownUpToABound() {
    String rows = "{'content':''},".repeat(200) + "{'content':''}";
    assertThatThrownBy(() -> check("storeBatch", "{'memories':[" + rows + "]}"))
        .isInstanceOfSatisfying(
            RequestRefused.class,
            refused ->
                assertThat(refused.problem().details())
                    .startsWith("memories[0].content must")
                    .contains("memories[19].content must")
                    .doesNotContain("memories[20]")
                    .endsWith("and 181 more"));
  }

  private static void check(String operationId, String body) {
    Operation operation =
        DOCUMENT.operations().stream()
            .filter(candidate -> candidate.id().equals(operationId))
            .findFirst()
            .orElseThrow();
    Complaints complaints = new Complaints();
    String json = body.replace('\'', '"');
    if (operation.namespace() instanceof NamespaceSource.InBody) {
      json =
          json.replaceFirst(
              "\\{", json.equals("{}") ? "{\"namespace\":\"a\"" : "{\"namespace\":\"a\",");
    }
    Object value = JsonText.parse(json.getBytes(StandardCharsets.UTF_8));
    java.util.Objects.requireNonNull(operation.body()).check(value, "", complaints);
    complaints.orThrow();
  }
}
