package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.config.HttpConfig;
import io.mnemogrid.node.embed.TinyModels;
import io.mnemogrid.node.memory.Reranker;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.testing.NodeUnderTest;
import io.mnemogrid.node.testing.SteeredNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes with a cross-encoder that counts the words that question and text have in common, or with
 * one that is played.
 */
class RerankedRecallTest {
  private static final String RECALL = "/v1/memory/recall";
  private static final List<String> CONTENTS =
      List.of("the cat", "the the the the cat", "the blue bird sings", "the green river");

  @TempDir private Path folder;

  @Test
  void theModelOrdersTheBestAnewUnlessItIsToldNotTo() throws IOException {
    try (NodeUnderTest node = NodeUnderTest.reranking(TinyModels.reranker(folder, "counting"))) {
      ApiClient root = ApiClient.root(node);
      CONTENTS.forEach(content -> store(root, "read", content));
      JsonObject ask = ask();
      JsonObject reranked = root.post(RECALL, ask).expect(200).body();
      assertThat(contents(reranked)).first().isEqualTo("the the the the cat");
      assertThat(reranked.getJsonObject("explain").getJsonObject("stages").fieldNames())
          .contains("rerank");
      assertThat(isReranked(reranked)).isTrue();
      assertThat(signals(reranked, 0)).contains("rerank");
      JsonObject plain = root.post(RECALL, ask.copy().put("rerank", false)).expect(200).body();
      assertThat(contents(plain)).first().isEqualTo("the cat");
      assertThat(isReranked(plain)).isFalse();
      assertThat(signals(plain, 0)).doesNotContain("rerank");
      assertThat(contents(plain)).hasSameElementsAs(contents(reranked));
      JsonObject two = root.post(RECALL, ask.copy().put("top_k", 2)).expect(200).body();
      assertThat(contents(two)).isEqualTo(contents(reranked).subList(0, 2));
    }
  }

  @Test
  void theModelReadsTheQuestionThoughVectorsAloneHaveFound() throws IOException {
    try (NodeUnderTest node = NodeUnderTest.reranking(TinyModels.reranker(folder, "counting"))) {
      ApiClient root = ApiClient.root(node);
      CONTENTS.forEach(content -> store(root, "read", content));
      JsonObject body = root.post(RECALL, ask().put("routing", "vector")).expect(200).body();
      assertThat(contents(body)).first().isEqualTo("the the the the cat");
      assertThat(isReranked(body)).isTrue();
      assertThat(body.getJsonObject("explain").getString("routing")).isEqualTo("vector");
      assertThat(body.getJsonArray("memories").getJsonObject(0).getFloat("text_score")).isNull();
    }
  }

  @Test
  void theWeightOfANamespaceCountsForWhatTheModelSays() throws IOException {
    try (NodeUnderTest node = NodeUnderTest.reranking(TinyModels.reranker(folder, "counting"))) {
      ApiClient root = ApiClient.root(node);
      store(root, "light", "the the the the cat");
      store(root, "heavy", "the cat");
      JsonObject ask = ask().put("namespaces", new JsonArray().add("light").add("heavy"));
      ask.remove("namespace");
      JsonObject alike = root.post(RECALL, ask).expect(200).body();
      assertThat(contents(alike)).containsExactly("the the the the cat", "the cat");
      JsonObject weighed =
          root.post(RECALL, ask.put("weights", new JsonArray().add(0.1).add(1))).expect(200).body();
      assertThat(isReranked(weighed)).isTrue();
      assertThat(contents(weighed)).containsExactly("the cat", "the the the the cat");
    }
  }

  static Stream<Exception> failures() {
    return Stream.of(
        new Refusal.Busy("later", Duration.ofSeconds(1)), new IllegalStateException("no number"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aModelThatIsTooBusyOrFailsLeavesTheOrderAsItWas(Exception failure) {
    try (NodeUnderTest node = reranking(_ -> CompletableFuture.failedFuture(failure))) {
      ApiClient root = ApiClient.root(node);
      CONTENTS.forEach(content -> store(root, "read", content));
      JsonObject ask = ask().put("top_k", 2);
      JsonObject body = root.post(RECALL, ask).expect(200).body();
      assertThat(isReranked(body)).isFalse();
      assertThat(contents(body))
          .isEqualTo(contents(root.post(RECALL, ask.put("rerank", false)).expect(200).body()));
    }
  }

  @Test
  void whatNoLongerPassesTheFilterWhenItIsFetchedIsNoHit() {
    AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    try (NodeUnderTest node =
        reranking(texts ->
            CompletableFuture.supplyAsync(() -> {
              Objects.requireNonNull(meanwhile.get()).run();
              return new float[texts.size()];
            }))) {
      ApiClient root = ApiClient.root(node);
      String changed = store(root, "read", "the cat");
      String left = store(root, "read", "the blue bird sings");
      for (String id : List.of(changed, left)) {
        root.post("/v1/memories/" + id + "/verify", new JsonObject()).expect(200);
      }
      JsonObject ask = ask().put("verified_only", true);
      assertThat(root.post(RECALL, ask).expect(200).memories()).hasSize(2);
      meanwhile.set(() ->
          root.send("PUT", "/v1/memory/update/" + changed, "{\"content\":\"the dog\"}")
              .expect(200));
      assertThat(contents(root.post(RECALL, ask).expect(200).body()))
          .containsExactly("the blue bird sings");
    }
  }

  /** A node with a model that a test plays. */
  private static NodeUnderTest reranking(
      Function<List<String>, CompletionStage<float[]>> scoresOfTexts) {
    return SteeredNode.start(
        HttpConfig.DEFAULTS.withPort(0),
        UnderPressureTest.ToldHealth.READY,
        new Reranker() {
          @Override
          public String model() {
            return "played";
          }

          @Override
          public CompletionStage<float[]> score(String question, List<String> texts) {
            return scoresOfTexts.apply(texts);
          }
        });
  }

  /** Stores a memory; answers its id. */
  private static String store(ApiClient root, String namespace, String content) {
    return root.post(
            "/v1/memory/store",
            new JsonObject().put("namespace", namespace).put("content", content))
        .expect(200)
        .memory()
        .getString("id");
  }

  private static JsonObject ask() {
    return new JsonObject().put("namespace", "read").put("query", "the cat").put("explain", true);
  }

  private static boolean isReranked(JsonObject body) {
    return body.getJsonObject("explain").getBoolean("reranked");
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
