package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store does that repeats what is there, in a namespace that folds repeats. */
class RepeatedStoreTest extends WholeNodeTest {
  private static final String STORE = "/v1/memory/store";

  @Test
  void aRepeatIsWhatWasSaidLast() {
    fold("status");
    JsonObject green = store(memory("status", "Status is green")).memory();
    JsonObject red = store(memory("status", "Status is red")).memory();
    ApiClient.Reply again = store(memory("status", "Status is green"));
    assertThat(again.body().getBoolean("deduplicated")).isTrue();
    assertThat(again.memory().getString("id")).isEqualTo(green.getString("id"));
    assertThat(again.memory().getInteger("version")).isEqualTo(2);
    assertThat(again.memory().getLong("created_at")).isEqualTo(green.getLong("created_at"));
    assertThat(again.memory().getLong("updated_at"))
        .isGreaterThanOrEqualTo(red.getLong("updated_at"));
    JsonObject now = root.get("/v1/memory/get/" + green.getString("id")).expect(200).body();
    assertThat(now.getInteger("version")).isEqualTo(2);
    assertThat(now.getString("content")).isEqualTo("Status is green");
    assertThat(count("status")).isEqualTo(2);
  }

  @Test
  void aRepeatInOtherWordsKeepsTheWordsAndTheOpinionsThatAreThere() {
    fold("words");
    String id = store(memory("words", "The bridge is open")).memory().getString("id");
    root.post("/v1/memories/" + id + "/verify", new JsonObject()).expect(200);
    JsonObject again = store(memory("words", "The bridge  is open.")).memory();
    assertThat(again.getString("id")).isEqualTo(id);
    assertThat(again.getString("content")).isEqualTo("The bridge is open");
    assertThat(again.getBoolean("verified")).isTrue();
    assertThat(again.getInteger("version")).isEqualTo(3);
  }

  @Test
  void aRepeatLeavesTheMemoryWithItsAuthor() {
    fold("owned");
    store(memory("owned", "Water boils at 100 degrees"));
    ApiClient other = root.keyWith("other", ApiClient.grant("owned", "write"));
    JsonObject again =
        other.post(STORE, memory("owned", "Water boils at 100 degrees.")).expect(200).memory();
    assertThat(again.getInteger("version")).isEqualTo(2);
    assertThat(again.getJsonObject("provenance").getString("author")).isEqualTo("root");
  }

  @Test
  void whatIsTheSameIsFoldedHoweverHighTheThreshold() {
    root.post("/v1/namespaces", new JsonObject().put("name", "strict")).expect(201);
    root.send(
            "PUT",
            "/v1/namespaces/strict/memory_policy",
            "{\"dedup_on_store\":true,\"dedup_threshold\":1}")
        .expect(200);
    for (String content : List.of("Exactly the same", "Tea is at four", "The bridge is open")) {
      store(memory("strict", content));
      assertThat(store(memory("strict", content)).body().getBoolean("deduplicated"))
          .as(content)
          .isTrue();
    }
    assertThat(count("strict")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"upvote", "downvote", "flag"})
  void aVoteMakesNothingNewOfARepeat(String signal) {
    fold("voted");
    String id = store(memory("voted", "The bridge is open")).memory().getString("id");
    store(memory("voted", "The bridge is open"));
    root.post("/v1/memories/" + id + "/feedback", new JsonObject().put("signal", signal))
        .expect(200);
    double importance = root.get("/v1/memory/get/" + id).expect(200).body().getDouble("importance");
    JsonObject again = store(memory("voted", "The bridge is open")).memory();
    assertThat(again.getString("id")).isEqualTo(id);
    assertThat(again.getDouble("importance")).isEqualTo(importance);
    assertThat(count("voted")).isEqualTo(1);
    root.delete("/v1/namespaces/voted").expect(200);
  }

  @Test
  void anImportanceThatIsNamedIsNewUnlessItIsThePresentOne() {
    fold("weighed");
    JsonObject grave = memory("weighed", "The bridge is open").put("importance", 0.75);
    String id = store(grave).memory().getString("id");
    assertThat(store(memory("weighed", "The bridge is open")).memory().getString("id"))
        .isEqualTo(id);
    assertThat(store(grave).memory().getString("id")).isEqualTo(id);
    JsonObject usual = grave.copy().put("importance", 0.5);
    assertThat(store(usual).body().containsKey("deduplicated")).isFalse();
    assertThat(count("weighed")).isEqualTo(2);
  }

  @Test
  void whatWasForgottenIsStoredAgain() {
    fold("forgotten");
    String id = store(memory("forgotten", "Forget this")).memory().getString("id");
    root.post(
            "/v1/memory/forget",
            new JsonObject()
                .put("namespace", "forgotten")
                .put("memory_ids", new JsonArray().add(id)))
        .expect(200);
    ApiClient.Reply again = store(memory("forgotten", "Forget this"));
    assertThat(again.body().containsKey("deduplicated")).isFalse();
    assertThat(again.memory().getString("id")).isNotEqualTo(id);
  }

  @Test
  void ofABatchTheLastThatIsSaidIsTheNewest() {
    fold("rows");
    JsonArray stored =
        batch("rows", "Status is green", "Status is red", "Status is green").getJsonArray("stored");
    assertThat(stored.getJsonObject(0)).isEqualTo(stored.getJsonObject(2));
    assertThat(stored.getJsonObject(0).getInteger("version")).isEqualTo(1);
    assertThat(newest("rows")).isEqualTo("Status is green");
  }

  @Test
  void repeatsInABatchOfWhatIsThereAreOneWrite() {
    fold("twice");
    String id = store(memory("twice", "The key rotates on Mondays")).memory().getString("id");
    JsonObject answer =
        batch(
            "twice", "The key rotates on Mondays", "the key rotates on Mondays.", "Something else");
    JsonArray stored = answer.getJsonArray("stored");
    assertThat(answer.getJsonArray("deduplicated")).containsExactly(0, 1);
    for (int i = 0; i < 2; i++) {
      assertThat(stored.getJsonObject(i).getString("id")).isEqualTo(id);
      assertThat(stored.getJsonObject(i).getInteger("version")).isEqualTo(2);
    }
    assertThat(count("twice")).isEqualTo(2);
  }

  @Test
  void everyOneOfSeveralRepeatsAtOnceIsAWrite() {
    fold("crowd");
    store(memory("crowd", "The cache is warm"));
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int client = 0; client < 4; client++) {
      clients.add(
          CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 2; i++) {
              ApiClient.Reply answer = store(memory("crowd", "The cache is warm"));
              assertThat(answer.body().getBoolean("deduplicated")).isTrue();
            }
          }));
    }
    clients.forEach(CompletableFuture::join);
    assertThat(count("crowd")).isEqualTo(1);
    assertThat(store(memory("crowd", "The cache is warm")).memory().getInteger("version"))
        .isEqualTo(10);
  }

  @Test
  void ofSeveralStoresAtOnceOneIsKept() {
    fold("rush");
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int client = 0; client < 10; client++) {
      boolean alone = client % 2 == 0;
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                if (alone) {
                  store(memory("rush", "The cache is warm"));
                } else {
                  batch("rush", "The door is shut", "The cache is warm");
                }
              },
              command -> Thread.ofVirtual().start(command)));
    }
    clients.forEach(CompletableFuture::join);
    assertThat(count("rush")).isEqualTo(2);
    assertThat(store(memory("rush", "The cache is warm")).memory().getInteger("version"))
        .isEqualTo(11);
  }

  @Test
  void aRepeatIsFoundAmongManyThatSayTheSameOfOtherThings() {
    fold("tagged");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      JsonObject memory = memory("tagged", "The cache is warm");
      memory.put("tags", new JsonArray().add("host-" + i));
      ids.add(store(memory).memory().getString("id"));
    }
    assertThat(ids).doesNotHaveDuplicates();
    for (int i = 0; i < 100; i++) {
      JsonObject memory = memory("tagged", "The cache is warm");
      memory.put("tags", new JsonArray().add("host-" + i));
      assertThat(store(memory).memory().getString("id")).as("host-" + i).isEqualTo(ids.get(i));
    }
    assertThat(count("tagged")).isEqualTo(100);
  }

  @Test
  void theOrderOfTagsAndOfKeysIsNothingNew() {
    fold("sorted");
    JsonObject one =
        memory("sorted", "The lift works")
            .put("tags", new JsonArray().add("x").add("y"))
            .put(
                "metadata",
                new JsonObject(
                    "{\"a\":{\"c\":[1,{\"e\":\"}\\\"\",\"f\":2}],\"d\":null},\"b\":-1.5}"));
    JsonObject other =
        memory("sorted", "The lift works")
            .put("tags", new JsonArray().add("y").add("x"))
            .put(
                "metadata",
                new JsonObject(
                    "{\"b\":-1.5,\"a\":{\"d\":null,\"c\":[1,{\"f\":2,\"e\":\"}\\\"\"}]}}"));
    store(one);
    assertThat(store(other).body().getBoolean("deduplicated")).isTrue();
    JsonObject changed = other.copy();
    changed.getJsonObject("metadata").put("b", -1.25);
    assertThat(store(changed).body().containsKey("deduplicated")).isFalse();
    assertThat(count("sorted")).isEqualTo(2);
  }

  @Test
  void aRepeatThatEndsProlongsWhatEndsAndNeverShortensIt() {
    fold("ends");
    long now = Instant.now().getEpochSecond();
    store(memory("ends", "The offer holds").put("expires_at", now + 1_000));
    ApiClient.Reply longer = store(memory("ends", "The offer holds").put("ttl_seconds", 5_000));
    assertThat(longer.body().getBoolean("deduplicated")).isTrue();
    long end = longer.memory().getLong("expires_at");
    assertThat(end).isGreaterThanOrEqualTo(now + 5_000);
    ApiClient.Reply shorter = store(memory("ends", "The offer holds").put("ttl_seconds", 10));
    assertThat(shorter.body().getBoolean("deduplicated")).isTrue();
    assertThat(shorter.memory().getLong("expires_at")).isEqualTo(end);
    assertThat(store(memory("ends", "The offer holds")).body().containsKey("deduplicated"))
        .isFalse();
    assertThat(count("ends")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "password: P@ss | password: P@ss!",
        "Set the flag to true | Set the flag to \"true\".",
        "We people | We the people",
        "I have a few friends in Rome | I have few friends in Rome",
        "There is a little hope | There is little hope",
        "The shelf is 5' long | The shelf is 5\" long",
        "We chose option a | We chose option",
        "He lacks vitamin a | He lacks vitamin",
        "Separator is , | Separator is ;",
        "Add : to the end | Add to the end",
        "Use !important | Use important",
        "Budget is (500) | Budget is 500",
        "It needs a new license | IT needs a new license",
        "us officials met them | US officials met them",
        "Who approved the plan | WHO approved the plan",
        "turkey is in the oven | Turkey is in the oven",
        "We met at Bank of West | We met at Bank of the West",
        "Let's eat Grandma | Let's eat, Grandma"
      })
  void whatMeansSomethingElseIsKept(String one, String other) {
    fold("meanings");
    store(memory("meanings", one));
    assertThat(store(memory("meanings", other)).body().containsKey("deduplicated")).isFalse();
    assertThat(count("meanings")).isEqualTo(2);
    root.delete("/v1/namespaces/meanings").expect(200);
  }

  private static String newest(String namespace) {
    JsonArray all =
        root.post("/v1/memories/recall/batch", new JsonObject().put("namespace", namespace))
            .expect(200)
            .memories();
    return all.stream()
        .map(JsonObject.class::cast)
        .map(memory -> memory.getString("content"))
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject batch(String namespace, String... contents) {
    JsonArray rows = new JsonArray();
    for (String content : contents) {
      rows.add(new JsonObject().put("content", content));
    }
    return root.post(
            "/v1/memories/store/batch",
            new JsonObject().put("namespace", namespace).put("memories", rows))
        .expect(200)
        .body();
  }

  private static void fold(String namespace) {
    root.post("/v1/namespaces", new JsonObject().put("name", namespace)).expect(201);
    root.send("PUT", "/v1/namespaces/" + namespace + "/memory_policy", "{\"dedup_on_store\":true}")
        .expect(200);
  }

  private static int count(String namespace) {
    return root.get("/v1/namespaces/" + namespace).expect(200).body().getInteger("vector_count");
  }

  private static JsonObject memory(String namespace, String content) {
    return new JsonObject().put("namespace", namespace).put("content", content);
  }

  private static ApiClient.Reply store(JsonObject memory) {
    return root.post(STORE, memory).expect(200);
  }
}
