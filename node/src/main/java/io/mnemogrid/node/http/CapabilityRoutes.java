package io.mnemogrid.node.http;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.memory.Embedder;
import io.mnemogrid.node.memory.Namespaces;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.NamespaceName;
import io.mnemogrid.node.model.RecallOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What the node takes, for clients that ask before they send: they then refuse by themselves what
 * is not named here. The same for every key.
 */
final class CapabilityRoutes {
  private static final int VERSION = 2;
  private static final int MAX_GRACE_SECONDS = 604_800;
  private static final int MAX_PATTERN_CHARS = 255;
  private static final int MAX_MADE_NAME_BYTES = 128;
  private static final List<String> INDEX_KINDS = List.of("flat", "hnsw");

  private final Namespaces namespaces;
  private final String version;

  CapabilityRoutes(Namespaces namespaces, Health health) {
    this.namespaces = namespaces;
    this.version = health.version();
  }

  Map<String, OperationHandler> handlers() {
    return Map.of("capabilities", _ -> CompletableFuture.completedStage(Answer.ok(json())));
  }

  private JsonObject json() {
    List<Embedder> models = namespaces.models();
    String usual = models.getFirst().model();
    JsonArray listed = new JsonArray();
    for (Embedder model : models) {
      listed.add(
          new JsonObject()
              .put("name", model.model())
              .put("aliases", new JsonArray())
              .put("dimension", model.dimension())
              .put("active", model.model().equals(usual))
              .put("modality", "text"));
    }
    return new JsonObject()
        .put("capabilities_version", VERSION)
        .put("server_version", version)
        .put("api_versions", List.of("v1"))
        .put("default_model", usual)
        .put("models", listed)
        .put("index_kinds", INDEX_KINDS)
        .put("vector_index_kinds", INDEX_KINDS)
        .put("live_vector_index_kinds", INDEX_KINDS)
        .put("distance_metrics", lower(Namespace.Distance.values()))
        .put("search_mode", lower(RecallOptions.DEFAULTS.routing()))
        .put("search_modes_accepted", lower(RecallOptions.Routing.values()))
        .put("fulltext_language", Namespace.DEFAULT_LANGUAGE)
        .put("records", new JsonObject().put("enabled", false))
        .put("auth", auth())
        .put("naming", naming());
  }

  private static JsonObject auth() {
    return new JsonObject()
        .put("prefix_patterns", true)
        .put("sessions_by_agent", false)
        .put("key_update", true)
        .put("rotation_grace_max_secs", MAX_GRACE_SECONDS)
        .put("max_grants", ApiKey.MAX_GRANTS)
        .put("max_grant_len", MAX_PATTERN_CHARS);
  }

  private static JsonObject naming() {
    return new JsonObject()
        .put("agent_id_pattern", "^[a-zA-Z0-9][a-zA-Z0-9_\\-.]*$")
        .put("agent_id_max_bytes", NamespaceName.MAX_BYTES)
        .put("agent_namespace_prefix", NamespaceName.AGENT_ALIAS_PREFIX)
        .put("namespace_pattern", "^[a-zA-Z0-9][a-zA-Z0-9_-]*$")
        .put("namespace_max_bytes", MAX_MADE_NAME_BYTES)
        .put("reserved_prefixes", NamespaceRoutes.RESERVED)
        .put("internal_namespaces", List.of());
  }

  private static List<String> lower(Enum<?>... values) {
    return Arrays.stream(values).map(CapabilityRoutes::lower).toList();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
