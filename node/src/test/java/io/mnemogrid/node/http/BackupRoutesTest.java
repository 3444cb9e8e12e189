package io.mnemogrid.node.http;

import static io.mnemogrid.node.http.ApiClient.grant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.testing.NodeUnderTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups over HTTP, at a whole node. */
class BackupRoutesTest {
  private static final String BACKUPS = "/v1/admin/backups";
  private static final String RESTORE = BACKUPS + "/restore";

  @TempDir private static Path folder;

  private static NodeUnderTest node;
  private static ApiClient root;

  @BeforeAll
  static void start() {
    node = NodeUnderTest.withBackups(folder.resolve("made/when/needed"));
    root = ApiClient.root(node);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static JsonObject backup(String... namespaces) {
    return root.post(
            BACKUPS,
            new JsonObject().put("name", "b").put("namespaces", new JsonArray(List.of(namespaces))))
        .expect(200)
        .body()
        .getJsonObject("backup");
  }

  private static JsonObject wish(JsonObject backup) {
    return new JsonObject().put("backup_id", backup.getString("backup_id"));
  }

  private static void store(String namespace, String id, String content) {
    root.post(
            "/v1/memory/store",
            new JsonObject().put("namespace", namespace).put("id", id).put("content", content))
        .expect(200);
  }

  /** What clients see of each memory, but for its origin and when it was read last. */
  private static Map<String, JsonObject> memories(String namespace) {
    Map<String, JsonObject> all = new TreeMap<>();
    JsonObject question = new JsonObject().put("namespace", namespace).put("limit", 1_000);
    for (Object one : root.post("/v1/memories/recall/batch", question).expect(200).memories()) {
      JsonObject memory = ((JsonObject) one).copy();
      memory.remove("namespace");
      memory.remove("agent_id");
      memory.remove("last_accessed_at");
      memory.remove("access_count");
      memory.getJsonObject("provenance").remove("origin");
      all.put(memory.getString("id"), memory);
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "deflate"})
  void aNamespaceComesBackAsItWas(String compression) {
    String name = "whole-" + compression;
    root.post(
            "/v1/namespaces",
            new JsonObject()
                .put("name", name)
                .put("description", "what it is for")
                .put("metadata", new JsonObject().put("a", 1))
                .put("language", "german")
                .put("shards", 4))
        .expect(201);
    root.send("PUT", "/v1/namespaces/" + name + "/memory_policy", "{\"dedup_on_store\":true}")
        .expect(200);
    for (int i = 0; i < 20; i++) {
      root.post(
              "/v1/memory/store",
              new JsonObject()
                  .put("namespace", name)
                  .put("id", "m" + i)
                  .put("content", "Der Inhalt von " + i)
                  .put("tags", new JsonArray().add("t" + i))
                  .put("metadata", new JsonObject().put("i", i))
                  .put("session_id", "s")
                  .put("ttl_seconds", 100_000 + i)
                  .put("importance", i / 20.0))
          .expect(200);
    }
    root.send("PUT", "/v1/memory/update/m3?namespace=" + name, "{\"content\":\"ein anderer\"}")
        .expect(200);
    root.post(
            "/v1/memories/m4/feedback?namespace=" + name, new JsonObject().put("signal", "upvote"))
        .expect(200);
    root.send("POST", "/v1/memories/m5/verify?namespace=" + name, "").expect(200);
    root.post(
            "/v1/memory/forget",
            new JsonObject().put("namespace", name).put("memory_ids", new JsonArray().add("m6")))
        .expect(200);
    Map<String, JsonObject> before = memories(name);
    JsonObject descriptor = root.get("/v1/namespaces/" + name).expect(200).body();
    assertThat(before).hasSize(19);

    JsonObject made =
        root.post(
                BACKUPS,
                new JsonObject()
                    .put("name", "../../etc/passwd") // a label, and never a path
                    .put("backup_type", "full")
                    .put("namespaces", new JsonArray().add(name))
                    .put("encrypt", false)
                    .put("compression", compression))
            .expect(200)
            .body();
    JsonObject backup = made.getJsonObject("backup");
    assertThat(made.getString("id")).isEqualTo(backup.getString("backup_id"));
    assertThat(backup.getString("status")).isEqualTo("completed");
    assertThat(backup.getString("compression")).isEqualTo(compression);
    assertThat(backup.getInteger("vector_count")).isEqualTo(19);
    assertThat(backup.getBoolean("complete")).isTrue();
    String path = "/admin/backups/" + backup.getString("backup_id");
    assertThat(root.get(path).expect(200).body()).isEqualTo(backup);
    assertThat(root.get(BACKUPS).expect(200).body().getJsonArray("backups")).contains(backup);

    root.delete("/v1/namespaces/" + name).expect(200);
    JsonObject restored = root.post(RESTORE, wish(backup)).expect(200).body();
    assertThat(restored.getString("status")).isEqualTo("completed");
    assertThat(restored.getInteger("progress_percent")).isEqualTo(100);
    assertThat(restored.getInteger("vectors_restored")).isEqualTo(19);
    assertThat(root.get(RESTORE + "/" + restored.getString("restore_id")).expect(200).body())
        .isEqualTo(restored);

    assertThat(memories(name)).isEqualTo(before);
    JsonObject after = root.get("/v1/namespaces/" + name).expect(200).body();
    descriptor.remove("created_at");
    after.remove("created_at");
    assertThat(after).isEqualTo(descriptor);
    assertThat(
            root.get("/v1/namespaces/" + name + "/memory_policy")
                .expect(200)
                .body()
                .getBoolean("dedup_on_store"))
        .isTrue();
    JsonObject one = root.get("/v1/memory/get/m3?namespace=" + name).expect(200).body();
    assertThat(one.getJsonObject("provenance").getString("origin")).isEqualTo("restored");
    assertThat(one.getJsonObject("provenance").getInteger("version")).isEqualTo(2);
    JsonObject asked =
        root.post(
                "/v1/memory/recall",
                new JsonObject().put("namespace", name).put("query", "ein anderer").put("top_k", 1))
            .expect(200)
            .body();
    JsonObject best = asked.getJsonArray("memories").getJsonObject(0).getJsonObject("memory");
    assertThat(best.getString("id")).isEqualTo("m3");
    root.delete(path).expect(200);
    root.get(path).refused(404, "BACKUP_NOT_FOUND");
  }

  @Test
  void aNamespaceThatIsThereStaysUnlessItIsToGiveWay() {
    store("there", "a", "as it was");
    JsonObject backup = backup("there");
    store("there", "b", "since then");
    root.post(RESTORE, wish(backup)).refused(409, "CONFLICT");
    assertThat(memories("there")).containsOnlyKeys("a", "b");

    JsonObject rename =
        new JsonObject().put("from", "there").put("to", "_dakera_agent_there-again");
    root.post(RESTORE, wish(backup).put("rename", new JsonArray().add(rename))).expect(200);
    assertThat(memories("there-again")).containsOnlyKeys("a");
    assertThat(memories("there")).containsOnlyKeys("a", "b");

    root.post(RESTORE, wish(backup).put("overwrite", true)).expect(200);
    assertThat(memories("there")).containsOnlyKeys("a");
    // As the older clients name it.
    root.delete("/v1/namespaces/there").expect(200);
    root.send("POST", BACKUPS + "/" + backup.getString("id") + "/restore", "").expect(200);
    assertThat(memories("there")).containsOnlyKeys("a");
  }

  @Test
  void someOfTheNamespacesComeBack() {
    store("some-a", "a", "one");
    store("some-b", "b", "two");
    JsonObject backup = backup("some-a", "some-b");
    root.delete("/v1/namespaces/some-a").expect(200);
    JsonArray wanted = new JsonArray().add("some-a");
    JsonObject restored =
        root.post(RESTORE, wish(backup).put("target_namespaces", wanted)).expect(200).body();
    assertThat(restored.getJsonArray("namespaces")).isEqualTo(wanted);
    assertThat(memories("some-a")).containsOnlyKeys("a");
    store("some-b", "c", "three");
    root.post(RESTORE, wish(backup).put("namespaces", wanted).put("overwrite", true)).expect(200);
    assertThat(memories("some-b")).containsOnlyKeys("b", "c");
    root.post(RESTORE, wish(backup).put("target_namespaces", new JsonArray().add("some-c")))
        .refused(400, "INVALID_REQUEST");
    for (String field : List.of("namespaces", "target_namespaces")) {
      root.post(RESTORE, wish(backup).put(field, new JsonArray()).put("overwrite", true))
          .refused(400, "INVALID_REQUEST");
    }
    root.post(BACKUPS, new JsonObject().put("namespaces", new JsonArray()))
        .refused(400, "INVALID_REQUEST");
    root.post(
            RESTORE,
            wish(backup)
                .put("namespaces", wanted)
                .put("target_namespaces", wanted)
                .put("overwrite", true))
        .refused(400, "INVALID_REQUEST");
    JsonArray twice =
        new JsonArray().add(new JsonObject().put("from", "some-a").put("to", "some-b"));
    root.post(RESTORE, wish(backup).put("rename", twice)).refused(400, "INVALID_REQUEST");
  }

  @Test
  void aDamagedFileIsRefusedAndNothingIsChanged() throws IOException {
    store("sound", "a", "one");
    store("torn", "b", "two");
    JsonObject backup = backup("sound", "torn");
    root.delete("/v1/namespaces/sound").expect(200);
    Path place = Path.of(backup.getString("storage_path"));
    Path file = place.resolve("memories-1.bin");
    byte[] sound = Files.readAllBytes(file);
    String before = root.state();

    byte[] changed = sound.clone();
    changed[sound.length / 2] ^= 1;
    Files.write(file, changed);
    assertThat(
            root.post(RESTORE, wish(backup).put("overwrite", true))
                .refused(409, "CONFLICT")
                .body()
                .getString("error"))
        .matches("memories-1.bin is damaged at byte \\d+: .*");
    Files.write(file, java.util.Arrays.copyOf(sound, 20));
    assertThat(
            root.post(RESTORE, wish(backup).put("overwrite", true))
                .refused(409, "CONFLICT")
                .body()
                .getString("error"))
        .startsWith("memories-1.bin is damaged at byte 20: it ends too early");
    Files.delete(file);
    root.post(RESTORE, wish(backup).put("overwrite", true)).refused(409, "CONFLICT");
    assertThat(root.state()).isEqualTo(before);

    Files.writeString(place.resolve("manifest.json"), "{}");
    JsonObject shown = root.get(BACKUPS + "/" + backup.getString("id")).expect(200).body();
    assertThat(shown.getString("status")).isEqualTo("failed");
    assertThat(shown.getString("error")).contains("manifest.json is damaged at byte 0");
    root.delete(BACKUPS + "/" + backup.getString("id")).expect(200);
  }

  /** When some have taken the place of others, there is no way back for them. */
  @Test
  void oneThatIsDeletedInTheLastMomentKeepsNoOtherFromComingBack() {
    String[] names = IntStream.range(0, 40).mapToObj("last-%02d"::formatted).toArray(String[]::new);
    for (String name : names) {
      store(name, "a", "as it was");
    }
    JsonObject backup = backup(names);
    for (String name : names) {
      store(name, "b", "since then");
    }
    CompletableFuture<ApiClient.Reply> restored =
        CompletableFuture.supplyAsync(
            () -> root.post(RESTORE, wish(backup).put("overwrite", true)));
    await().pollInterval(Duration.ofMillis(1)).until(() -> !memories(names[0]).containsKey("b"));
    String deleted = names[names.length - 1];
    root.delete("/v1/namespaces/" + deleted).expect(200);
    ApiClient.Reply answer = restored.join();
    if (answer.status() != 200) { // else it was back before it was deleted
      assertThat(answer.refused(409, "CONFLICT").body().getString("error"))
          .contains("all namespaces are back but for " + deleted + ": ");
    }
    for (String name : names) {
      if (!name.equals(deleted)) {
        assertThat(memories(name)).containsOnlyKeys("a");
      }
    }
    root.get("/v1/namespaces/" + deleted).refused(404, "NAMESPACE_NOT_FOUND");
  }

  @Test
  void oneThatCannotBeReadHidesNoOther() throws IOException {
    store("read", "a", "one");
    JsonObject backup = backup("read");
    String sound = backup.getString("backup_id");
    Path place = Path.of(backup.getString("storage_path"));
    Files.createDirectories(place.resolveSibling("odd").resolve("manifest.json"));
    Map<String, String> listed = new TreeMap<>();
    for (Object one : root.get(BACKUPS).expect(200).body().getJsonArray("backups")) {
      JsonObject listedOne = (JsonObject) one;
      listed.put(listedOne.getString("backup_id"), listedOne.getString("status"));
    }
    assertThat(listed).containsEntry("odd", "failed").containsEntry(sound, "completed");
    root.delete(BACKUPS + "/odd").expect(200);
  }

  @Test
  void whatIsAskedForAndNotDoneIsRefused() {
    JsonObject named = new JsonObject().put("name", "b");
    String encrypt =
        root.post(BACKUPS, named.copy().put("encrypt", true))
            .refused(400, "INVALID_REQUEST")
            .details();
    assertThat(encrypt).contains("encrypt");
    root.post(BACKUPS, named.copy().put("compression", "zstd")).refused(400, "INVALID_REQUEST");
    root.post(BACKUPS, named.copy().put("backup_type", "incremental"))
        .refused(400, "INVALID_REQUEST");
    root.post(BACKUPS, named.copy().put("include_data", false)).refused(400, "INVALID_REQUEST");
    root.post(BACKUPS, named.copy().put("namespaces", new JsonArray().add("nowhere")))
        .refused(404, "NAMESPACE_NOT_FOUND");
    root.post(RESTORE, new JsonObject().put("backup_id", "b").put("point_in_time", 1))
        .refused(400, "INVALID_REQUEST");
    root.post(RESTORE, new JsonObject().put("backup_id", "nothing"))
        .refused(404, "BACKUP_NOT_FOUND");
    root.get(RESTORE + "/nothing").refused(404, "RESTORE_NOT_FOUND");
    root.delete(BACKUPS + "/nothing").refused(404, "BACKUP_NOT_FOUND");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../secret", "a/b", "/etc", "a.b", "%2e%2e", "a\u0000", ""})
  void noIdNamesAnotherPlace(String id) {
    root.post(RESTORE, new JsonObject().put("backup_id", id)).refused(400, "INVALID_REQUEST");
  }

  @Test
  void noIdInAPathNamesAnotherPlace() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("made/when/outside"));
    Files.writeString(outside.resolve("kept"), "kept");
    for (String id : List.of("%2e%2e%2foutside", "..%2foutside", "%2e%2e")) {
      assertThat(root.send("DELETE", BACKUPS + "/" + id, null).status()).isBetween(400, 499);
      assertThat(root.get(BACKUPS + "/" + id).status()).isBetween(400, 499);
    }
    assertThat(outside.resolve("kept")).hasContent("kept");
  }

  @Test
  void onlyTheSuperAdminReachesBackups() {
    store("reached", "a", "one");
    JsonObject backup = backup("reached");
    String place = BACKUPS + "/" + backup.getString("id");
    ApiClient admin = root.keyWith("administrator", grant("*", "admin"));
    admin.post(BACKUPS, new JsonObject()).refused(403, "INSUFFICIENT_SCOPE");
    admin.get(BACKUPS).refused(403, "INSUFFICIENT_SCOPE");
    for (String one : List.of(place, BACKUPS + "/nothing")) {
      admin.get(one).refused(403, "INSUFFICIENT_SCOPE");
      admin.delete(one).refused(403, "INSUFFICIENT_SCOPE");
      admin.send("POST", one + "/restore", "").refused(403, "INSUFFICIENT_SCOPE");
    }
    admin.post(RESTORE, wish(backup)).refused(403, "INSUFFICIENT_SCOPE");
    root.withKey(null).get(BACKUPS).refused(401, "AUTHENTICATION_REQUIRED");
  }

  @Test
  void whatIsBegunHasAnotherNameUntilItIsWhole() throws IOException {
    store("named", "a", "one");
    backup("named");
    try (Stream<Path> inside = Files.list(folder.resolve("made/when/needed"))) {
      assertThat(inside.map(path -> path.getFileName().toString()))
          .allMatch(name -> name.matches("\\d{8}-\\d{6}-[0-9a-f]{8}"));
    }
  }

  @Test
  void aNodeWithoutAFolderSaysWhatToSet() {
    try (NodeUnderTest other = NodeUnderTest.start()) {
      ApiClient there = ApiClient.root(other);
      ApiClient.Reply refused = there.post(BACKUPS, new JsonObject()).refused(409, "CONFLICT");
      assertThat(refused.body().getString("error")).contains("backup.dir");
      there.get(BACKUPS).refused(409, "CONFLICT");
      there.post(RESTORE, new JsonObject().put("backup_id", "b")).refused(409, "CONFLICT");
    }
  }
}
