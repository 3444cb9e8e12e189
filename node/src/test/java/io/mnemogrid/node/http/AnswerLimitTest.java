package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.config.HttpConfig;
import io.mnemogrid.node.testing.NodeUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AnswerLimitTest {
  private static final int MAX_ANSWER_BYTES = 300_000;
  private static final int MEMORIES = 4;
  private static final String LONG_TEXT = "\u00fc\"".repeat(25_000); // 100,000 bytes as JSON

  private static NodeUnderTest node;
  private static ApiClient root;

  @BeforeAll
  static void storeMoreThanAnAnswerMayHave() {
    HttpConfig base = HttpConfig.DEFAULTS;
    node =
        NodeUnderTest.start(
            new HttpConfig(
                base.host(),
                0,
                base.eventLoops(),
                base.maxBodyBytes(),
                base.maxBufferedBytes(),
                MAX_ANSWER_BYTES,
                base.maxInFlight(),
                base.idleTimeout(),
                base.bodyTimeout()));
    root = new ApiClient(node.baseUrl(), node.rootKey());
    JsonArray memories = new JsonArray();
    for (int i = 0; i < MEMORIES; i++) {
      memories.add(
          new JsonObject()
              .put("id", "long-" + i)
              .put("content", LONG_TEXT)
              .put("embedding", new JsonArray().add(1).add(i)));
    }
    root.post(
            "/v1/memories/store/batch",
            new JsonObject().put("namespace", "long").put("memories", memories))
        .expect(200);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aRecallOfTooMuchIsRefusedAndSaysHowManyFit() {
    assertRefused(root.post("/v1/memory/recall", question(MEMORIES)), "'top_k' of 2");
    root.post("/v1/memory/recall", question(2)).expect(200);
  }

  @Test
  void aSelectionOfTooMuchIsRefusedAndSaysHowManyFit() {
    assertRefused(root.post("/v1/memories/recall/batch", selection(MEMORIES)), "'limit' of 2");
    root.post("/v1/memories/recall/batch", selection(2)).expect(200);
  }

  @Test
  void aTextIsAsLongAsItsJsonAtMost() {
    for (String text : new String[] {"", "a", "\"\\", "\u00fc\u20ac\ud83d\ude00", "\u0001\n\t"}) {
      int made = new JsonArray().add(text).toBuffer().length() - "[\"\"]".length();
      assertThat(AnswerLimit.bytes(text)).as(text).isBetween((long) made, 3L * made);
    }
  }

  private static JsonObject question(int topK) {
    return new JsonObject()
        .put("namespace", "long")
        .put("routing", "vector")
        .put("embedding", new JsonArray().add(1).add(1))
        .put("top_k", topK);
  }

  private static JsonObject selection(int limit) {
    return new JsonObject()
        .put("namespace", "long")
        .put("filter", new JsonObject())
        .put("limit", limit);
  }

  private static void assertRefused(ApiClient.Reply reply, String advice) {
    JsonObject problem = reply.expect(413).body();
    assertThat(problem.getString("code")).isEqualTo("ANSWER_TOO_LARGE");
    assertThat(problem.getString("error")).contains(advice);
  }
}
