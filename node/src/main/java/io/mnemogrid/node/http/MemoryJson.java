package io.mnemogrid.node.http;

import io.mnemogrid.node.memory.Memories;
import io.mnemogrid.node.model.Explanation;
import io.mnemogrid.node.model.Hit;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.node.model.Recalled;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Memories as clients read them. */
final class MemoryJson {
  static final long BYTES_BESIDE_TEXT = 700;

  private MemoryJson() {}

  static JsonObject of(Memory memory) {
    return new JsonObject()
        .put("id", memory.id())
        .put("agent_id", memory.namespace())
        .put("namespace", memory.namespace())
        .put("content", memory.content())
        .put("memory_type", lower(memory.type()))
        .put("importance", exact(memory.importance()))
        .put("tags", new JsonArray(memory.tags()))
        .put("metadata", object(memory.metadata()))
        .put("session_id", memory.sessionId())
        .put("created_at", memory.createdAt())
        .put("updated_at", memory.updatedAt())
        .put("last_accessed_at", memory.lastAccessedAt())
        .put("access_count", memory.accessCount())
        .put("expires_at", memory.expiresAt())
        .put("valid_from", memory.validFrom())
        .put("verified", memory.appraisal().verified())
        .put(
            "feedback",
            new JsonObject()
                .put("up", memory.appraisal().up())
                .put("down", memory.appraisal().down())
                .put("flags", memory.appraisal().flags()))
        .put("version", memory.provenance().version())
        .put("provenance", of(memory.provenance()));
  }

  static JsonArray all(List<Memory> memories) {
    JsonArray all = new JsonArray();
    memories.forEach(memory -> all.add(of(memory)));
    return all;
  }

  /**
   * @param ofSeveral whether namespaces were named as several: a shard's number does not tell then
   *     of which of them it is
   */
  static JsonObject of(Memories.Answer answer, boolean ofSeveral) {
    Recalled recalled = answer.recalled();
    JsonArray hits = new JsonArray();
    Explanation explanation = recalled.explanation();
    recalled.hits().forEach(hit -> hits.add(of(hit, explanation != null)));
    JsonArray missing = new JsonArray();
    recalled.missing().forEach(shard -> missing.add(shard.shard()));
    JsonObject json =
        new JsonObject()
            .put("memories", hits)
            .put("total_found", hits.size())
            .put(
                "query_embedding_time_ms", TimeUnit.MICROSECONDS.toMillis(answer.embeddingMicros()))
            .put("search_time_ms", TimeUnit.MICROSECONDS.toMillis(recalled.searchMicros()))
            .put("complete", recalled.complete())
            .put("missing_shards", missing);
    if (ofSeveral) {
      json.put("missing", missing(recalled)).put("absent", new JsonArray(answer.absent()));
    }
    return explanation == null ? json : json.put("explain", ExplainJson.of(answer, explanation));
  }

  /** The shards that were not searched whole, with their namespaces. */
  static JsonArray missing(Recalled recalled) {
    JsonArray missing = new JsonArray();
    recalled
        .missing()
        .forEach(shard ->
            missing.add(
                new JsonObject().put("namespace", shard.namespace()).put("shard", shard.shard())));
    return missing;
  }

  /** About how many bytes the memories are as JSON. */
  static long weight(List<Memory> memories) {
    long weight = 0;
    for (Memory memory : memories) {
      String metadata = memory.metadata();
      weight +=
          BYTES_BESIDE_TEXT
              + memory.content().length()
              + (metadata == null ? 0 : metadata.length());
    }
    return weight;
  }

  /** A JSON object that is kept as text. */
  static @Nullable JsonObject object(@Nullable String text) {
    return text == null ? null : new JsonObject(text);
  }

  private static JsonObject of(Hit hit, boolean explained) {
    Float similarity = hit.similarity();
    Float text = hit.textScore();
    JsonObject json =
        new JsonObject()
            .put("memory", of(hit.memory()))
            .put("namespace", hit.memory().namespace())
            .put("score", exact(similarity == null ? hit.relevance() : similarity))
            .put("relevance", exact(hit.relevance()))
            .put("weighted_score", exact(hit.smartScore()))
            .put("smart_score", exact(hit.smartScore()));
    if (similarity != null) {
      json.put("vector_score", exact(similarity));
    }
    if (text != null) {
      json.put("text_score", exact(text));
    }
    if (!hit.copies().isEmpty()) {
      JsonArray copies = new JsonArray();
      hit.copies()
          .forEach(copy ->
              copies.add(new JsonObject().put("namespace", copy.namespace()).put("id", copy.id())));
      json.put("also_in", copies);
    }
    return explained ? json.put("explain", ExplainJson.of(hit)) : json;
  }

  private static JsonObject of(Provenance provenance) {
    return new JsonObject()
        .put("author_key_id", provenance.authorKeyId())
        .put("author", provenance.author())
        .put("written_at", provenance.writtenAt())
        .put("version", provenance.version())
        .put("origin", lower(provenance.origin()))
        .put("published_from", provenance.publishedFrom())
        .put("content_sha256", provenance.contentSha256());
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** The shortest decimal of the float: 0.3, where widening alone would show 0.30000001192. */
  static double exact(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}
