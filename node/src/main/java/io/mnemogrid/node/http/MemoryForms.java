package io.mnemogrid.node.http;

import io.mnemogrid.node.memory.Memories;
import io.mnemogrid.node.memory.MemoryPatch;
import io.mnemogrid.node.memory.NewMemory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.RecallQuery;
import io.mnemogrid.node.model.Refusal;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads memories, changes, questions and filters out of checked requests. */
final class MemoryForms {
  private static final float DEFAULT_IMPORTANCE = 0.5f;
  private static final String IMPORTANCE = "importance";

  private final InstantSource clock;

  MemoryForms(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param at where the memory stands in the request, as {@code memories[3]}; empty for the whole
   */
  NewMemory memory(Fields fields, String at) {
    return new NewMemory(
        fields.text("id"),
        fields.required("content"),
        typeOr(fields, MemoryType.EPISODIC),
        importance(fields),
        orNone(fields.texts("tags")),
        fields.json("metadata"),
        fields.text("session_id"),
        expiresAt(fields, at),
        fields.integer("valid_from"),
        fields.floats("embedding"));
  }

  static MemoryPatch patch(Fields fields) {
    return new MemoryPatch(
        fields.text("content"),
        type(fields),
        fields.real(IMPORTANCE),
        fields.texts("tags"),
        fields.json("metadata"),
        fields.floats("embedding"));
  }

  /**
   * @throws RequestRefused with 501 for what this node cannot do yet
   */
  static Memories.RecallRequest question(Fields fields, int defaultTopK) {
    refuseUnbuilt(fields);
    Integer topK = fields.smallInteger("top_k");
    boolean byRelevance = "relevance".equals(fields.text("scoring"));
    if (!fields.has("query") && !fields.has("embedding")) {
      throw new Refusal.InvalidRequest("query", "query is required, or embedding in its place");
    }
    return new Memories.RecallRequest(
        fields.text("query"),
        fields.floats("embedding"),
        topK == null ? defaultTopK : topK,
        new MemoryFilter(
            type(fields),
            fields.real("min_importance"),
            null,
            orNone(fields.texts("tags")),
            fields.text("session_id"),
            time(fields, "since"),
            time(fields, "until")),
        byRelevance ? RecallQuery.Scoring.RELEVANCE : RecallQuery.Scoring.SMART);
  }

  static MemoryFilter filter(Fields fields) {
    return new MemoryFilter(
        type(fields),
        fields.real("min_importance"),
        fields.real("max_importance"),
        orNone(fields.texts("tags")),
        fields.text("session_id"),
        fields.integer("created_after"),
        fields.integer("created_before"));
  }

  private static void refuseUnbuilt(Fields fields) {
    String routing = fields.text("routing");
    if ("bm25".equals(routing) || "hybrid".equals(routing)) {
      throw unbuilt("routing '%s' needs a lexical index".formatted(routing), "vector or auto");
    }
    if (fields.flag("verified_only")) {
      throw unbuilt("verified_only needs memories that can be verified", "false");
    }
    if (fields.has("namespaces")) {
      throw unbuilt("a recall over several namespaces", "one namespace");
    }
    if (fields.has("filter")) {
      throw unbuilt("a filter on metadata", "memory_type, tags, session_id, since and until");
    }
  }

  /** Better refused than ignored: the answer would look like the one that was asked for. */
  private static RequestRefused unbuilt(String what, String instead) {
    return new RequestRefused(
        Problem.of(
            501,
            "FEATURE_DISABLED",
            "%s, which this node does not have yet; use %s".formatted(what, instead)));
  }

  private @Nullable Long expiresAt(Fields fields, String at) {
    long now = clock.instant().getEpochSecond();
    Long expiresAt = fields.integer("expires_at");
    if (expiresAt != null) {
      if (expiresAt <= now) {
        String field = at.isEmpty() ? "expires_at" : at + ".expires_at";
        throw new Refusal.InvalidRequest(
            field, "%s must be in the future, was %d".formatted(field, expiresAt));
      }
      return expiresAt;
    }
    Long ttl = fields.integer("ttl_seconds");
    return ttl == null ? null : Long.valueOf(now + ttl);
  }

  private static float importance(Fields fields) {
    Float given = fields.real(IMPORTANCE);
    if (given == null) {
      given = fields.object("metadata").real(IMPORTANCE);
    }
    return given == null ? DEFAULT_IMPORTANCE : Math.clamp(given, 0f, 1f);
  }

  private static MemoryType typeOr(Fields fields, MemoryType fallback) {
    MemoryType type = type(fields);
    return type == null ? fallback : type;
  }

  private static @Nullable MemoryType type(Fields fields) {
    String type = fields.text("memory_type");
    return type == null ? null : MemoryType.valueOf(type.toUpperCase(Locale.ROOT));
  }

  private static @Nullable Long time(Fields fields, String name) {
    String iso = fields.text(name);
    return iso == null ? null : Long.valueOf(Instants.unixSeconds(iso).orElseThrow());
  }

  private static List<String> orNone(@Nullable List<String> items) {
    return items == null ? List.of() : items;
  }
}
