package io.mnemogrid.node.http;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.memory.Keys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Keys as clients read them: never with a secret, but for the one time it is shown. */
final class KeyJson {
  private static final String WARNING = "keep this key safe: it is shown this once";

  private KeyJson() {}

  static JsonObject info(ApiKey key) {
    JsonObject json =
        new JsonObject()
            .put("key_id", key.id())
            .put("id", key.id())
            .put("name", key.name())
            .put("scope", lower(key.scope()))
            .put("namespaces", patterns(key))
            .put("grants", grants(key))
            .put("created_at", key.createdAt())
            .put("expires_at", key.expiresAt())
            .put("active", key.active())
            .put("grants_version", key.revision())
            .put("inert_namespaces", new JsonArray());
    return withHome(json, key);
  }

  static JsonObject whoAmI(ApiKey key) {
    return new JsonObject()
        .put("key_id", key.id())
        .put("name", key.name())
        .put("scope", lower(key.scope()))
        .put("namespaces", patterns(key))
        .put("grants", grants(key))
        .put("unrestricted", key.unrestricted())
        .put("expires_at", key.expiresAt())
        .put("grants_version", key.revision())
        .put("inert_namespaces", new JsonArray())
        .put("auth_enabled", true);
  }

  static JsonObject issued(Keys.Issued issued) {
    ApiKey key = issued.key();
    JsonObject json =
        new JsonObject()
            .put("key_id", key.id())
            .put("id", key.id())
            .put("key", issued.secret())
            .put("name", key.name())
            .put("scope", lower(key.scope()))
            .put("namespaces", patterns(key))
            .put("grants", grants(key))
            .put("permissions", permissions(key.scope()))
            .put("created_at", key.createdAt())
            .put("expires_at", key.expiresAt())
            .put("active", key.active())
            .put("warning", WARNING);
    return withHome(json, key);
  }

  static JsonObject rotated(Keys.Rotated rotated) {
    ApiKey old = rotated.old();
    JsonObject json =
        new JsonObject()
            .put("new_key", rotated.issued().secret())
            .put("key", rotated.issued().secret())
            .put("key_id", rotated.issued().key().id())
            .put("old_key_id", old.id())
            .put("old_key_expires_at", old.active() ? old.expiresAt() : null)
            .put("warning", WARNING);
    return withHome(json, old);
  }

  private static JsonObject withHome(JsonObject json, ApiKey key) {
    return key.homeNamespace() == null ? json : json.put("namespace", key.homeNamespace());
  }

  private static JsonArray permissions(Scope scope) {
    JsonArray permissions = new JsonArray().add("read");
    if (scope.includes(Scope.WRITE)) {
      permissions.add("write");
    }
    if (scope.includes(Scope.ADMIN)) {
      permissions.add("admin");
    }
    return permissions;
  }

  private static @Nullable JsonArray patterns(ApiKey key) {
    if (key.unrestricted()) {
      return null;
    }
    return new JsonArray(key.grants().stream().map(Grant::pattern).distinct().toList());
  }

  private static JsonArray grants(ApiKey key) {
    JsonArray grants = new JsonArray();
    for (Grant grant : key.grants()) {
      grants.add(
          new JsonObject().put("namespace", grant.pattern()).put("scope", lower(grant.scope())));
    }
    return grants;
  }

  private static String lower(Scope scope) {
    return scope.name().toLowerCase(Locale.ROOT);
  }
}
