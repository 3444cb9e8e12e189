package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which model a namespace has, as its clients say and see it. */
class NamespaceModelTest extends WholeNodeTest {
  private static final String STORE = "/v1/memory/store";
  private static final String RECALL = "/v1/memory/recall";

  @ParameterizedTest
  @ValueSource(strings = {"all-minilm-l6-v2-q", "bge-small-en-v1.5-q", "e5-small-v2-q"})
  void textsGoThroughTheModelThatTheNamespaceNames(String model) {
    String name = "of-" + model.replace('.', '-');
    JsonObject made = make(name, new JsonObject().put("model", model)).expect(201).body();
    assertThat(made.getString("model")).isEqualTo(model);
    assertThat(made.getInteger("dimension")).isEqualTo(384);
    JsonObject here = new JsonObject().put("namespace", name);
    for (String content :
        new String[] {
          "The production database is backed up every night at two.",
          "Our customers in Norway asked for invoices in euros.",
          "The cat slept on the warm keyboard all afternoon."
        }) {
      root.post(STORE, here.copy().put("content", content)).expect(200);
    }
    JsonArray hits =
        root.post(RECALL, here.copy().put("query", "a pet taking a nap").put("top_k", 1))
            .expect(200)
            .memories();
    assertThat(hits.getJsonObject(0).getJsonObject("memory").getString("content"))
        .startsWith("The cat");
    assertThat(root.get("/v1/namespaces/" + name).expect(200).body().getString("model"))
        .isEqualTo(model);
  }

  @Test
  void withoutANameItIsTheDefaultOneOrTheClientsVectors() {
    assertThat(make("usual", new JsonObject()).expect(201).body().getString("model"))
        .isEqualTo("bge-small-en-v1.5-q");
    assertThat(
            make("wide", new JsonObject().put("dimension", 1024))
                .expect(201)
                .body()
                .getString("model"))
        .isEqualTo("own-vectors");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnesAndMakesNothing() {
    ApiClient.Reply refused =
        make("nothing", new JsonObject().put("model", "bge-large")).refused(400, "INVALID_REQUEST");
    assertThat(refused.body().encode())
        .contains("bge-large")
        .contains("all-minilm-l6-v2-q, bge-small-en-v1.5-q, e5-small-v2-q, own-vectors");
    root.get("/v1/namespaces/nothing").refused(404, "NAMESPACE_NOT_FOUND");
  }

  @Test
  void aDimensionMustBeThatOfTheNamedModel() {
    JsonObject mini = new JsonObject().put("model", "all-minilm-l6-v2-q");
    make("fits", mini.copy().put("dimension", 384)).expect(201);
    make("does-not-fit", mini.copy().put("dimension", 1024)).refused(400, "DIMENSION_MISMATCH");
    root.get("/v1/namespaces/does-not-fit").refused(404, "NAMESPACE_NOT_FOUND");
  }

  @Test
  void ownVectorsMayHaveAnyDimensionTheModelsToo() {
    JsonObject own = new JsonObject().put("model", "own-vectors");
    make("own", own).refused(400, "INVALID_REQUEST");
    JsonObject made = make("own", own.put("dimension", 384)).expect(201).body();
    assertThat(made.getString("model")).isEqualTo("own-vectors");
    JsonObject here = new JsonObject().put("namespace", "own");
    root.post(STORE, here.copy().put("content", "x")).refused(400, "INVALID_REQUEST");
    root.post(RECALL, here.copy().put("query", "x").put("routing", "vector"))
        .refused(400, "INVALID_REQUEST");
  }

  @Test
  void makingANamespaceAgainDoesNotChangeItsModel() {
    JsonObject e5 = new JsonObject().put("model", "e5-small-v2-q");
    make("fixed", e5).expect(201);
    make("fixed", e5).expect(200);
    assertThat(make("fixed", new JsonObject()).expect(200).body().getString("model"))
        .isEqualTo("e5-small-v2-q");
    make("fixed", new JsonObject().put("model", "all-minilm-l6-v2-q")).refused(409, "CONFLICT");
    make("fixed", new JsonObject().put("model", "own-vectors").put("dimension", 384))
        .refused(409, "CONFLICT");
    make("fixed", new JsonObject().put("model", "bge-large")).refused(400, "INVALID_REQUEST");
    root.send("PUT", "/v1/namespaces/fixed", "{\"model\":\"bge-small-en-v1.5-q\"}")
        .refused(409, "CONFLICT");
    root.send("PUT", "/v1/namespaces/fixed", e5.encode()).expect(200);
  }

  @Test
  void putMakesANamespaceWithAModelToo() {
    JsonObject made =
        root.send("PUT", "/v1/namespaces/put-model", "{\"model\":\"all-minilm-l6-v2-q\"}")
            .expect(201)
            .body();
    assertThat(made.getString("model")).isEqualTo("all-minilm-l6-v2-q");
    root.send("PUT", "/v1/namespaces/put-unknown", "{\"model\":\"no-such\"}")
        .refused(400, "INVALID_REQUEST");
  }

  private ApiClient.Reply make(String name, JsonObject spec) {
    return root.post("/v1/namespaces", spec.copy().put("name", name));
  }
}
