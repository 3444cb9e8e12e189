package io.mnemogrid.node.http;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Permit;
import io.mnemogrid.node.memory.Keys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keys over HTTP: those of the whole cluster, and those of one namespace. */
final class KeyRoutes {
  private final Keys keys;
  private final KeyForms forms;
  private final KeyUsage usage;

  KeyRoutes(Keys keys, InstantSource clock, KeyUsage usage) {
    this.keys = keys;
    this.forms = new KeyForms(clock);
    this.usage = usage;
  }

  Map<String, OperationHandler> handlers() {
    return Map.ofEntries(
        Map.entry("whoAmI", call -> now(KeyJson.whoAmI(call.permit().key()))),
        Map.entry("createKey", this::create),
        Map.entry("listKeys", call -> now(list(keys.list(call.permit())))),
        Map.entry("getKey", this::get),
        Map.entry("updateKey", this::update),
        Map.entry("deleteKey", this::delete),
        Map.entry("deactivateKey", this::deactivate),
        Map.entry("rotateKey", this::rotate),
        Map.entry("keyUsage", this::usage),
        Map.entry("createNamespaceKey", this::createInNamespace),
        Map.entry("listNamespaceKeys", this::listInNamespace),
        Map.entry("getNamespaceKey", this::get),
        Map.entry("updateNamespaceKey", this::update),
        Map.entry("deleteNamespaceKey", this::delete),
        Map.entry("deactivateNamespaceKey", this::deactivate),
        Map.entry("rotateNamespaceKey", this::rotate),
        Map.entry("namespaceKeyUsage", this::usage));
  }

  private CompletionStage<Answer> create(Call call) {
    return keys.create(call.permit(), forms.key(call.body()))
        .thenApply(issued -> Answer.of(201, KeyJson.issued(issued)));
  }

  private CompletionStage<Answer> createInNamespace(Call call) {
    Permit permit = call.permit();
    return keys.createInNamespace(permit, forms.namespaceKey(call.body(), permit.namespace()))
        .thenApply(issued -> Answer.of(201, KeyJson.issued(issued)));
  }

  private CompletionStage<Answer> listInNamespace(Call call) {
    return now(
        list(keys.listInNamespace(call.permit())).put("namespace", call.permit().namespace()));
  }

  private CompletionStage<Answer> get(Call call) {
    return now(KeyJson.info(keys.get(call.permit(), keyId(call))));
  }

  private CompletionStage<Answer> update(Call call) {
    ApiKey present = keys.get(call.permit(), keyId(call));
    return keys.update(
            call.permit(),
            present.id(),
            call.body().text("name"),
            KeyForms.changedGrants(call.body(), present))
        .thenApply(changed -> Answer.ok(KeyJson.info(changed)));
  }

  private CompletionStage<Answer> delete(Call call) {
    return keys.delete(call.permit(), keyId(call))
        .thenApply(_ -> {
          usage.forget(keyId(call));
          return ended("deleted", "the key is gone; no member accepts it");
        });
  }

  private CompletionStage<Answer> deactivate(Call call) {
    return keys.deactivate(call.permit(), keyId(call))
        .thenApply(_ -> ended("deactivated", "the key is revoked; no member accepts it"));
  }

  private CompletionStage<Answer> rotate(Call call) {
    Long grace = call.body().integer("grace_secs");
    return keys.rotate(call.permit(), keyId(call), Duration.ofSeconds(grace == null ? 0 : grace))
        .thenApply(rotated -> Answer.ok(KeyJson.rotated(rotated)));
  }

  private CompletionStage<Answer> usage(Call call) {
    ApiKey key = keys.get(call.permit(), keyId(call));
    Permit permit = call.permit();
    JsonObject json =
        usage.json(key.id(), name -> permit.onCluster() || permit.key().reaches(name));
    return now(key.homeNamespace() == null ? json : json.put("namespace", key.homeNamespace()));
  }

  private static JsonObject list(List<ApiKey> found) {
    JsonArray all = new JsonArray();
    found.forEach(key -> all.add(KeyJson.info(key)));
    return new JsonObject().put("keys", all).put("total", all.size());
  }

  private static Answer ended(String status, String message) {
    return Answer.ok(
        new JsonObject().put("success", true).put("message", message).put("status", status));
  }

  private static String keyId(Call call) {
    return Objects.requireNonNull(call.parameters().text("key_id"));
  }

  private static CompletionStage<Answer> now(JsonObject body) {
    return CompletableFuture.completedStage(Answer.ok(body));
  }
}
