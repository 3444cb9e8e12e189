package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.embed.TinyModels;
import io.mnemogrid.node.testing.NodeUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node with a cross-encoder that counts the words that question and text have in common. */
class RerankedRecallTest {
  private static final List<String> CONTENTS =
      List.of("the cat", "the the the the cat", "the blue bird sings", "the green river");

  @TempDir private Path folder;

  @Test
  void theModelOrdersTheBestAnewUnlessItIsToldNotTo() throws IOException {
    try (NodeUnderTest node = NodeUnderTest.reranking(TinyModels.reranker(folder, "counting"))) {
      ApiClient root = ApiClient.root(node);
      for (String content : CONTENTS) {
        root.post(
                "/v1/memory/store",
                new JsonObject().put("namespace", "read").put("content", content))
            .expect(200);
      }
      JsonObject ask =
          new JsonObject().put("namespace", "read").put("query", "the cat").put("explain", true);
      JsonObject reranked = root.post("/v1/memory/recall", ask).expect(200).body();
      assertThat(contents(reranked)).first().isEqualTo("the the the the cat");
      assertThat(reranked.getJsonObject("explain").getJsonObject("stages").fieldNames())
          .contains("rerank");
      assertThat(reranked.getJsonObject("explain").getBoolean("reranked")).isTrue();
      assertThat(signals(reranked, 0)).contains("rerank");
      JsonObject plain =
          root.post("/v1/memory/recall", ask.copy().put("rerank", false)).expect(200).body();
      assertThat(contents(plain)).first().isEqualTo("the cat");
      assertThat(plain.getJsonObject("explain").getBoolean("reranked")).isFalse();
      assertThat(signals(plain, 0)).doesNotContain("rerank");
      assertThat(contents(plain)).hasSameElementsAs(contents(reranked));
      JsonObject two =
          root.post("/v1/memory/recall", ask.copy().put("top_k", 2)).expect(200).body();
      assertThat(contents(two)).isEqualTo(contents(reranked).subList(0, 2));
    }
  }

  private static List<String> contents(JsonObject body) {
    JsonArray hits = body.getJsonArray("memories");
    return hits.stream()
        .map(hit -> ((JsonObject) hit).getJsonObject("memory").getString("content"))
        .toList();
  }

  private static Iterable<String> signals(JsonObject body, int hit) {
    return body.getJsonArray("memories").getJsonObject(hit).getJsonObject("explain").fieldNames();
  }
}
