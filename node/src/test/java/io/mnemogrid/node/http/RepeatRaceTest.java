package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.testing.SteeredNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a repeat when the memory that was found is not the same any more. */
class RepeatRaceTest {
  private static final String STORE = "/v1/memory/store";

  private SteeredNode node;
  private ApiClient root;
  private String green;

  @BeforeEach
  void start() {
    node = SteeredNode.start(UnderPressureTest.config(), UnderPressureTest.ToldHealth.READY);
    root = ApiClient.root(node);
    root.post("/v1/namespaces", new JsonObject().put("name", "race")).expect(201);
    root.send("PUT", "/v1/namespaces/race/memory_policy", "{\"dedup_on_store\":true}").expect(200);
    green = store().memory().getString("id");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void whatWasForgottenMeanwhileIsStored() {
    JsonObject forget =
        new JsonObject().put("namespace", "race").put("memory_ids", new JsonArray().add(green));
    onceFound(() -> root.post("/v1/memory/forget", forget).expect(200));
    ApiClient.Reply reply = store();
    assertThat(reply.body().containsKey("deduplicated")).isFalse();
    assertThat(reply.memory().getString("id")).isNotEqualTo(green);
    assertThat(reply.memory().getInteger("version")).isEqualTo(1);
  }

  @Test
  void whatWasChangedMeanwhileIsLeftAsItIs() {
    String path = "/v1/memory/update/" + green;
    onceFound(() -> root.send("PUT", path, "{\"content\":\"Status is red\"}").expect(200));
    ApiClient.Reply reply = store();
    assertThat(reply.body().containsKey("deduplicated")).isFalse();
    assertThat(reply.memory().getString("content")).isEqualTo("Status is green");
    JsonObject red = root.get("/v1/memory/get/" + green).expect(200).body();
    assertThat(red.getString("content")).isEqualTo("Status is red");
    assertThat(red.getInteger("version")).isEqualTo(2);
  }

  @Test
  void whatWasRepeatedMeanwhileIsRepeatedAgain() {
    // Through its id: a store without one would wait for the store that it is to overtake.
    onceFound(() -> root.post(STORE, memory().put("id", green)).expect(200));
    ApiClient.Reply reply = store();
    assertThat(reply.body().getBoolean("deduplicated")).isTrue();
    assertThat(reply.memory().getString("id")).isEqualTo(green);
    assertThat(reply.memory().getInteger("version")).isEqualTo(3);
  }

  private void onceFound(Runnable between) {
    AtomicBoolean done = new AtomicBoolean();
    node.grid()
        .onSaid(answer ->
            answer.thenCompose(found ->
                CompletableFuture.supplyAsync(() -> {
                  if (done.compareAndSet(false, true)) {
                    between.run();
                  }
                  return found;
                })));
  }

  private ApiClient.Reply store() {
    return root.post(STORE, memory()).expect(200);
  }

  private static JsonObject memory() {
    return new JsonObject().put("namespace", "race").put("content", "Status is green");
  }
}
