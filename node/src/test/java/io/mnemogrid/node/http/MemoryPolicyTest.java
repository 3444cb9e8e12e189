package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule of a policy is kept or refused, and never forgotten. */
class MemoryPolicyTest extends WholeNodeTest {
  private static final String POLICY = "/v1/namespaces/ruled/memory_policy";

  @BeforeEach
  void makeTheNamespace() {
    root.send("PUT", "/v1/namespaces/ruled", "{}");
    root.send("PUT", POLICY, "{\"dedup_on_store\":false,\"dedup_threshold\":0.92}").expect(200);
  }

  @Test
  void aPolicyAsItIsReadIsTakenBack() {
    JsonObject before = root.get(POLICY).expect(200).body();
    JsonObject after =
        root.send("PUT", POLICY, before.copy().put("dedup_on_store", true).encode())
            .expect(200)
            .body();
    assertThat(after).isEqualTo(before.put("dedup_on_store", true));
    assertThat(root.get(POLICY).body()).isEqualTo(after);
  }

  @Test
  void aPolicyAsClientsMakeItWantsOnlyWhatTheySetInIt() {
    JsonObject ofTheClient =
        new JsonObject(
            """
            {"working_ttl_seconds": 14400, "episodic_ttl_seconds": 2592000,
             "semantic_ttl_seconds": 31536000, "procedural_ttl_seconds": 63072000,
             "working_decay": "exponential", "episodic_decay": "power_law",
             "semantic_decay": "logarithmic", "procedural_decay": "flat",
             "spaced_repetition_factor": 1.0, "spaced_repetition_base_interval_seconds": 86400,
             "consolidation_enabled": false, "consolidation_threshold": 0.92,
             "consolidation_interval_hours": 24, "consolidated_count": 7,
             "rate_limit_enabled": false, "rate_limit_stores_per_minute": null,
             "rate_limit_recalls_per_minute": null,
             "dedup_on_store": true, "dedup_threshold": 0.8}
            """);
    JsonObject kept = root.send("PUT", POLICY, ofTheClient.encode()).expect(200).body();
    assertThat(kept.getBoolean("dedup_on_store")).isTrue();
    assertThat(kept.getDouble("dedup_threshold")).isEqualTo(0.8);
    assertThat(kept.getValue("working_ttl_seconds")).isNull();
    assertThat(kept.getString("episodic_decay")).isEqualTo("flat");
    assertThat(kept.getInteger("consolidated_count")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"working_ttl_seconds\":60}",
        "{\"semantic_decay\":\"exponential\"}",
        "{\"spaced_repetition_factor\":2}",
        "{\"consolidation_enabled\":true}",
        "{\"consolidation_threshold\":0.5}",
        "{\"rate_limit_enabled\":true}",
        "{\"rate_limit_stores_per_minute\":10}"
      })
  void aRuleThatTheNodeDoesNotKnowIsRefused(String rule) {
    String field = new JsonObject(rule).fieldNames().iterator().next();
    JsonObject before = root.get(POLICY).body();
    JsonObject asked = new JsonObject(rule).put("dedup_on_store", true);
    assertThat(root.send("PUT", POLICY, asked.encode()).refused(400, "INVALID_REQUEST").details())
        .startsWith(field + " cannot be");
    assertThat(root.get(POLICY).body()).isEqualTo(before);
    JsonObject made = new JsonObject().put("name", "unruled").put("policy", new JsonObject(rule));
    assertThat(root.post("/v1/namespaces", made).refused(400, "INVALID_REQUEST").details())
        .startsWith("policy." + field);
    root.get("/v1/namespaces/unruled").refused(404, "NAMESPACE_NOT_FOUND");
  }

  @Test
  void nothingInABodyChangesNothing() {
    JsonObject before = root.get(POLICY).body();
    assertThat(root.send("PUT", POLICY, "").expect(200).body()).isEqualTo(before);
    assertThat(root.send("PUT", POLICY, "{}").expect(200).body()).isEqualTo(before);
  }

  @Test
  void aNamespaceIsMadeWithItsPolicyAndGivenAnotherLater() {
    JsonObject policy = new JsonObject().put("dedup_on_store", true).put("dedup_threshold", 0.5);
    JsonObject wish = new JsonObject().put("name", "made-ruled").put("policy", policy);
    root.post("/v1/namespaces", wish).expect(201);
    String place = "/v1/namespaces/made-ruled/memory_policy";
    assertThat(root.get(place).body().getDouble("dedup_threshold")).isEqualTo(0.5);
    JsonObject memory = new JsonObject().put("namespace", "made-ruled").put("content", "Said once");
    root.post("/v1/memory/store", memory).expect(200);
    assertThat(root.post("/v1/memory/store", memory).body().getBoolean("deduplicated")).isTrue();
    policy.remove("dedup_threshold");
    root.post("/v1/namespaces", wish.put("policy", policy.put("dedup_on_store", false)))
        .expect(200);
    JsonObject now = root.get(place).body();
    assertThat(now.getBoolean("dedup_on_store")).isFalse();
    assertThat(now.getDouble("dedup_threshold")).isEqualTo(0.5);
  }
}
