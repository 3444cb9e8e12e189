package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRoutesTest extends WholeNodeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                      | read        | null",
        "{\"scope\":\"write\"}                                   | write       | null",
        "{\"scope\":\"super_admin\"}                             | super_admin | null",
        "{\"scope\":\"admin\",\"namespaces\":[\"a\",\"b-*\"]}    | admin       | [\"a\",\"b-*\"]",
        "{\"scope\":\"read\",\"namespaces\":null}                | read        | null",
        "{\"scope\":\"read\",\"namespaces\":[]}                  | read        | []",
        "{\"scope\":\"write\",\"namespaces\":[]}                 | write       | []",
        "{\"permissions\":[\"store\",\"recall\"]}                | write       | null",
        "{\"permissions\":[\"read\"]}                            | read        | null",
        "{\"permissions\":[\"read\",\"write\",\"admin\"]}        | admin       | null",
        "{\"namespaces\":[\"_dakera_agent_x\"]}                  | read        | [\"x\"]",
        "{\"grants\":[]}                                         | read        | []",
        "{\"grants\":[{\"namespace\":\"a\",\"scope\":\"write\"},{\"namespace\":\"b\",\"scope\":\"read\"}]} | read | [\"a\",\"b\"]",
        "{\"grants\":[{\"namespace\":\"a\",\"scope\":\"write\"},{\"namespace\":\"b\",\"scope\":\"admin\"}]} | write | [\"a\",\"b\"]",
      })
  void everySpellingMakesTheKeyItMeans(String fields, String scope, String namespaces) {
    JsonObject made =
        root.post("/admin/keys", new JsonObject(fields).put("name", "k")).expect(201).body();
    assertThat(made.getString("scope")).isEqualTo(scope);
    JsonArray patterns = made.getJsonArray("namespaces");
    assertThat(patterns == null ? "null" : patterns.encode()).isEqualTo(namespaces);
    assertThat(made.getString("id")).isEqualTo(made.getString("key_id"));
    JsonObject who = root.withKey(made.getString("key")).get("/v1/auth/whoami").expect(200).body();
    assertThat(who.getString("key_id")).isEqualTo(made.getString("key_id"));
    assertThat(who.getBoolean("unrestricted")).isEqualTo(patterns == null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"grants\":[],\"scope\":\"read\"}",
        "{\"grants\":[],\"namespaces\":[\"a\"]}",
        "{\"scope\":\"read\",\"permissions\":[\"read\"]}",
        "{\"expires_in_days\":1,\"expires_at\":4000000000}",
        "{\"expires_at\":1000}",
        "{\"expires_at\":\"2001-01-01T00:00:00Z\"}",
        "{\"namespaces\":[\"_dakera_agent_*\"]}",
        "{\"namespaces\":[\"a*b\"]}",
        "{\"grants\":[{\"namespace\":\"a\",\"scope\":\"super_admin\"}]}"
      })
  void whatContradictsItselfOrReachesTooFarIsRefused(String fields) {
    root.post("/admin/keys", new JsonObject(fields).put("name", "k"))
        .refused(400, "INVALID_REQUEST");
  }

  @Test
  void whoMeansEveryAgentIsToldToSayEveryNamespace() {
    JsonObject every = new JsonObject("{\"name\":\"k\",\"namespaces\":[\"_dakera_agent_*\"]}");
    assertThat(root.post("/admin/keys", every).refused(400, "INVALID_REQUEST").details())
        .contains("'*' for every one (as '_dakera_agent_*' would be)");
  }

  @Test
  void expiryIsReadInEverySpelling() {
    long now = Instant.now().getEpochSecond();
    assertThat(expiry("{\"expires_in_days\":2}")).isBetween(now + 172_800, now + 172_860);
    assertThat(expiry("{\"expires_at\":\"2100-01-01T00:00:00Z\"}")).isEqualTo(4_102_444_800L);
    assertThat(expiry("{\"expires_at\":\"2100-01-01T02:00:00.5+02:00\"}"))
        .isEqualTo(4_102_444_800L);
    assertThat(expiry("{\"expires_at\":\"2100-01-01T00:00:00\"}")).isEqualTo(4_102_444_800L);
    assertThat(expiry("{\"expires_at\":4102444800}")).isEqualTo(4_102_444_800L);
  }

  @Test
  void aRevokedKeyIsRefusedFromThenOn() {
    JsonObject made = root.post("/admin/keys", new JsonObject().put("name", "gone")).body();
    ApiClient client = root.withKey(made.getString("key"));
    client.get("/v1/auth/whoami").expect(200);
    root.send("POST", "/admin/keys/" + made.getString("key_id") + "/deactivate", "").expect(200);
    client.get("/v1/auth/whoami").refused(401, "INVALID_API_KEY");
    root.send("PATCH", "/admin/keys/" + made.getString("key_id"), "{\"name\":\"x\"}")
        .refused(409, "CONFLICT");
    root.delete("/admin/keys/" + made.getString("key_id")).expect(200);
    root.get("/admin/keys/" + made.getString("key_id")).refused(404, "KEY_NOT_FOUND");
  }

  @Test
  void theRootKeyCannotBeChanged() {
    root.send("PATCH", "/admin/keys/root", "{\"name\":\"x\"}").refused(400, "INVALID_REQUEST");
    root.delete("/admin/keys/root").refused(400, "INVALID_REQUEST");
    root.send("POST", "/admin/keys/root/deactivate", "").refused(400, "INVALID_REQUEST");
    root.send("POST", "/admin/keys/root/rotate", "").refused(400, "INVALID_REQUEST");
    root.get("/v1/auth/whoami").expect(200);
  }

  @Test
  void grantsAreChangedAndTheChangeHoldsAtOnce() {
    ApiClient client = root.keyWith("changing", grant("before", "read"));
    String id = client.get("/v1/auth/whoami").body().getString("key_id");
    root.send("PATCH", "/admin/keys/" + id, "{\"namespaces\":[\"after\"]}").expect(200);
    client.get("/v1/namespaces/before").refused(403, "NAMESPACE_ACCESS_DENIED");
    client.get("/v1/namespaces/after").refused(404, "NAMESPACE_NOT_FOUND");
    root.send("PATCH", "/admin/keys/" + id, "{\"namespaces\":null}").expect(200);
    assertThat(client.get("/v1/auth/whoami").body().getBoolean("unrestricted")).isTrue();
    root.send("PATCH", "/admin/keys/" + id, "{}").refused(400, "INVALID_REQUEST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"namespaces", "grants"})
  void aKeyWithoutNamespacesReachesNoneAndKeepsItsScope(String emptied) {
    ApiClient client = root.keyWith("emptied", grant("emptied", "write"));
    String key = "/admin/keys/" + client.get("/v1/auth/whoami").body().getString("key_id");
    JsonObject empty = new JsonObject().put(emptied, new JsonArray());
    JsonObject shown = root.send("PATCH", key, empty.encode()).expect(200).body();
    assertThat(shown.getString("scope")).isEqualTo("write");
    assertThat(shown.getJsonArray("namespaces")).isEmpty();
    client.get("/v1/namespaces/emptied").refused(403, "NAMESPACE_ACCESS_DENIED");
    client.get("/admin/keys").refused(403, "INSUFFICIENT_SCOPE");
    root.send("PATCH", key, "{\"namespaces\":[\"emptied\"]}").expect(200);
    client
        .post("/v1/memory/store", new JsonObject().put("namespace", "emptied").put("content", "x"))
        .expect(200);
  }

  @Test
  void aSuperAdminWithoutNamespacesMayDoNothingUntilItHasThemAgain() {
    JsonObject made =
        root.post(
                "/admin/keys", new JsonObject().put("name", "emptied").put("scope", "super_admin"))
            .body();
    ApiClient emptied = root.withKey(made.getString("key"));
    String key = "/admin/keys/" + made.getString("key_id");
    root.send("PATCH", key, "{\"namespaces\":[]}").expect(200);
    emptied.get("/admin/keys").refused(403, "INSUFFICIENT_SCOPE");
    emptied.send("PATCH", key, "{\"namespaces\":null}").refused(403, "INSUFFICIENT_SCOPE");
    root.send("PATCH", key, "{\"namespaces\":null}").expect(200);
    emptied.get("/admin/keys").expect(200);
  }

  @Test
  void aKeyThatIsRotatedTwiceInItsGraceGivesEachNewOneItsWholeTime() {
    JsonObject made =
        root.post("/admin/keys", new JsonObject().put("name", "twice").put("expires_in_days", 30))
            .body();
    JsonObject lasting = root.post("/admin/keys", new JsonObject().put("name", "lasting")).body();
    for (JsonObject key : List.of(made, lasting)) {
      String place = "/admin/keys/" + key.getString("key_id");
      String first = rotated(place);
      long graceEnds = root.get(place).body().getLong("expires_at");
      String second = rotated(place);
      assertThat(List.of(first, second))
          .allSatisfy(next ->
              assertThat(root.get("/admin/keys/" + next).body().getLong("expires_at"))
                  .isEqualTo(key.getLong("expires_at")));
      assertThat(root.get(place).body().getLong("expires_at")).isEqualTo(graceEnds);
    }
  }

  private static String rotated(String place) {
    return root.send("POST", place + "/rotate", "{\"grace_secs\":60}")
        .expect(200)
        .body()
        .getString("key_id");
  }

  @Test
  void aSuperAdminOfOneNamespaceIsNoneOfAnother() {
    JsonObject made =
        root.post(
                "/admin/keys",
                new JsonObject()
                    .put("name", "restricted")
                    .put("scope", "super_admin")
                    .put("namespaces", new JsonArray().add("team")))
            .body();
    ApiClient restricted = root.withKey(made.getString("key"));
    restricted.get("/admin/keys").refused(403, "INSUFFICIENT_SCOPE");
    String id =
        restricted
            .post("/v1/namespaces/team/keys", new JsonObject().put("name", "small"))
            .body()
            .getString("key_id");
    restricted
        .send(
            "PATCH",
            "/v1/namespaces/team/keys/" + id,
            "{\"grants\":[{\"namespace\":\"*\",\"scope\":\"admin\"}]}")
        .refused(403, "INSUFFICIENT_SCOPE");
  }

  @Test
  void aSuperAdminWhoseGrantsAreLoweredIsNoneAnyMore() {
    JsonObject made =
        root.post(
                "/admin/keys", new JsonObject().put("name", "lowered").put("scope", "super_admin"))
            .body();
    ApiClient lowered = root.withKey(made.getString("key"));
    lowered.get("/admin/keys").expect(200);
    root.send(
            "PATCH",
            "/admin/keys/" + made.getString("key_id"),
            "{\"grants\":[{\"namespace\":\"*\",\"scope\":\"read\"}]}")
        .expect(200);
    lowered.get("/admin/keys").refused(403, "INSUFFICIENT_SCOPE");
  }

  @Test
  void anAdministratorOfANamespaceGrantsNoMoreThanHisOwn() {
    ApiClient admin = root.keyWith("boss", grant("team", "admin"), grant("lib", "read"));
    JsonObject name = new JsonObject().put("name", "k");
    JsonObject made =
        admin
            .post("/v1/namespaces/team/keys", name.copy().put("scope", "write"))
            .expect(201)
            .body();
    assertThat(made.getJsonArray("namespaces")).containsExactly("team");
    admin
        .post(
            "/v1/namespaces/team/keys",
            name.copy().put("extra_namespaces", new JsonArray().add("lib")))
        .refused(403, "INSUFFICIENT_SCOPE");
    admin
        .post(
            "/v1/namespaces/team/keys",
            name.copy().put("extra_namespaces", new JsonArray().add("*")))
        .refused(403, "INSUFFICIENT_SCOPE");
    admin.post("/v1/namespaces/lib/keys", name).refused(403, "INSUFFICIENT_SCOPE");
    admin.post("/v1/namespaces/other/keys", name).refused(403, "NAMESPACE_ACCESS_DENIED");
    admin.post("/admin/keys", name).refused(403, "INSUFFICIENT_SCOPE");
    admin.get("/admin/keys").refused(403, "INSUFFICIENT_SCOPE");
    String key = "/v1/namespaces/team/keys/" + made.getString("key_id");
    admin
        .send("PATCH", key, "{\"namespaces\":[\"team\",\"other\"]}")
        .refused(403, "INSUFFICIENT_SCOPE");
    admin.get("/v1/namespaces/team/keys/root").refused(404, "KEY_NOT_FOUND");
    ApiClient writer = root.withKey(made.getString("key"));
    writer.get("/v1/namespaces/team/keys").refused(403, "INSUFFICIENT_SCOPE");
  }

  @Test
  void usageCountsWhatWasServed() {
    ApiClient client = root.keyWith("counted", grant("counted", "write"));
    String id = client.get("/v1/auth/whoami").body().getString("key_id");
    JsonObject body = new JsonObject().put("namespace", "counted").put("content", "x");
    client.post("/v1/memory/store", body).expect(200);
    client.post("/v1/memory/store", body.copy().put("content", "")).expect(400);
    client.get("/v1/namespaces/elsewhere").expect(403);
    JsonObject usage = root.get("/admin/keys/" + id + "/usage").expect(200).body();
    assertThat(usage.getInteger("total_requests")).isEqualTo(4);
    assertThat(usage.getInteger("successful_requests")).isEqualTo(2);
    assertThat(usage.getInteger("failed_requests")).isEqualTo(2);
    assertThat(usage.getJsonObject("requests_by_endpoint").getInteger("POST /v1/memory/store"))
        .isEqualTo(2);
    assertThat(usage.getJsonArray("by_namespace")).hasSize(1);
    assertThat(usage.getLong("bytes_transferred")).isPositive();
  }

  @Test
  void usageNamesNoNamespaceThatItsReaderDoesNotReach() {
    String keys = "/v1/namespaces/told/keys";
    JsonObject own = root.post(keys, new JsonObject().put("name", "own")).body();
    String id = own.getString("key_id");
    JsonArray wide = new JsonArray().add("told").add("untold");
    root.send("PATCH", keys + "/" + id, new JsonObject().put("namespaces", wide).encode())
        .expect(200);
    root.withKey(own.getString("key"))
        .post("/v1/memory/recall", new JsonObject().put("agent_id", "untold").put("query", "x"))
        .expect(200);
    root.send("PATCH", keys + "/" + id, "{\"namespaces\":[\"told\"]}").expect(200);
    assertThat(root.get("/admin/keys/" + id + "/usage").body().encode()).contains("untold");
    JsonObject seen =
        root.keyWith("administrator", grant("told", "admin"))
            .get(keys + "/" + id + "/usage")
            .expect(200)
            .body();
    assertThat(seen.encode()).doesNotContain("untold");
    assertThat(seen.getInteger("total_requests")).isEqualTo(1);
  }

  @Test
  void aKeyThatIsRotatedDoesNotOutliveWhoAskedForIt() {
    String keys = "/v1/namespaces/brief/keys";
    JsonObject lasting =
        root.post(keys, new JsonObject().put("name", "lasting").put("scope", "admin")).body();
    JsonObject brief =
        root.post(
                keys,
                new JsonObject()
                    .put("name", "brief")
                    .put("scope", "admin")
                    .put("expires_in_days", 1))
            .body();
    JsonObject rotated =
        root.withKey(brief.getString("key"))
            .send("POST", keys + "/" + lasting.getString("key_id") + "/rotate", "{}")
            .expect(200)
            .body();
    String next = keys + "/" + rotated.getString("key_id");
    assertThat(root.get(next).body().getLong("expires_at"))
        .isEqualTo(root.get(keys + "/" + brief.getString("key_id")).body().getLong("expires_at"));
  }

  @Test
  void whoIsNotKnownIsToldHowToSayWhoTheyAre() {
    assertThat(
            root.withKey("nothing")
                .get("/v1/auth/whoami")
                .expect(401)
                .headers()
                .firstValue("WWW-Authenticate"))
        .hasValue("Bearer");
  }

  private static long expiry(String fields) {
    return root.post("/admin/keys", new JsonObject(fields).put("name", "k"))
        .expect(201)
        .body()
        .getLong("expires_at");
  }
}
