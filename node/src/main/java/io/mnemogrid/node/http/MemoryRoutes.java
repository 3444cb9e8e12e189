package io.mnemogrid.node.http;

import io.mnemogrid.node.memory.Memories;
import io.mnemogrid.node.memory.MemoryPatch;
import io.mnemogrid.node.memory.NewMemory;
import io.mnemogrid.node.memory.Verdict;
import io.mnemogrid.node.model.Hit;
import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.Precondition;
import io.mnemogrid.node.model.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Storing, recalling, reading, changing and forgetting memories over HTTP. */
final class MemoryRoutes {
  private static final int RECALL_TOP_K = 5;
  private static final int SEARCH_TOP_K = 10;
  private static final int SELECT_LIMIT = 100;

  private final Memories memories;
  private final MemoryForms forms;
  private final AnswerLimit answerLimit;

  MemoryRoutes(Memories memories, InstantSource clock, AnswerLimit answerLimit) {
    this.memories = memories;
    this.answerLimit = answerLimit;
    this.forms = new MemoryForms(clock);
  }

  Map<String, OperationHandler> handlers() {
    return Map.ofEntries(
        Map.entry("store", this::store),
        Map.entry("storeBatch", this::storeBatch),
        Map.entry("recall", call -> recall(call, RECALL_TOP_K)),
        Map.entry("search", call -> recall(call, SEARCH_TOP_K)),
        Map.entry("getMemory", this::get),
        Map.entry("updateMemory", this::update),
        Map.entry("updateAgentMemory", this::update),
        Map.entry("forget", this::forget),
        Map.entry("forgetBatch", this::forgetBatch),
        Map.entry("recallBatch", this::recallBatch),
        Map.entry("setImportance", this::setImportance),
        Map.entry("patchImportance", this::setImportance),
        Map.entry("giveFeedback", this::giveFeedback),
        Map.entry("sendFeedback", this::giveFeedback),
        Map.entry("verifyMemory", this::verify));
  }

  private CompletionStage<Answer> store(Call call) {
    NewMemory memory = forms.memory(call.body(), "");
    if (memory.id() == null && call.parameters().has(EntityTags.IF_MATCH)) {
      throw new Refusal.InvalidRequest(
          "id", "If-Match is about a memory that is there: send its id, or leave If-Match out");
    }
    return memories
        .store(call.permit(), List.of(memory), WriteGuards.of(call))
        .thenApply(MemoryRoutes::written);
  }

  private CompletionStage<Answer> storeBatch(Call call) {
    List<Fields> rows = call.body().objects("memories");
    List<NewMemory> batch = new ArrayList<>(rows.size());
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      NewMemory memory = forms.memory(rows.get(i), "memories[" + i + "]");
      if (memory.id() != null && !ids.add(memory.id())) {
        String field = "memories[" + i + "].id";
        throw new Refusal.InvalidRequest(
            field,
            "%s must be of one row alone, was %s once before; a row would write over the other"
                .formatted(field, Shown.value(memory.id())));
      }
      batch.add(memory);
    }
    return memories
        .store(call.permit(), batch, WriteGuards.of(call))
        .thenApply(written -> {
          List<Memory> stored = written.memories();
          return Answer.heavy(
              MemoryJson.weight(stored),
              stored.size(),
              () ->
                  new JsonObject()
                      .put("stored", MemoryJson.all(stored))
                      .put("deduplicated", new JsonArray(List.copyOf(written.repeats())))
                      .put("stored_count", stored.size())
                      .put("total_embedding_time_ms", written.embeddingMs()));
        });
  }

  private CompletionStage<Answer> recall(Call call, int defaultTopK) {
    boolean associated = call.body().flag("include_associated");
    boolean ofSeveral = call.body().has("namespaces");
    return memories
        .recall(call.permits(), MemoryForms.question(call.body(), defaultTopK))
        .thenApply(answer -> {
          List<Memory> found = answer.recalled().hits().stream().map(Hit::memory).toList();
          return Answer.heavy(
              MemoryJson.weight(found),
              found.size(),
              () -> {
                answerLimit.require(found, "top_k");
                JsonObject json = MemoryJson.of(answer, ofSeveral);
                // No memory has a link to another yet, so what is associated is nothing.
                return associated ? json.put("associated_memories", new JsonArray()) : json;
              });
        });
  }

  private CompletionStage<Answer> get(Call call) {
    EntityTags known = EntityTags.known(call.parameters().text(EntityTags.IF_NONE_MATCH));
    return memories
        .get(call.permit(), memoryId(call))
        .thenApply(memory ->
            known.include(memory)
                ? Answer.notModified(EntityTags.of(memory))
                : one(memory, MemoryJson.of(memory)));
  }

  private CompletionStage<Answer> update(Call call) {
    return memories
        .update(call.permit(), memoryId(call), MemoryForms.patch(call.body()), WriteGuards.of(call))
        .thenApply(MemoryRoutes::written);
  }

  private CompletionStage<Answer> setImportance(Call call) {
    float importance = MemoryForms.clamped(Objects.requireNonNull(call.body().real("importance")));
    return memories
        .update(
            call.permit(), memoryId(call), MemoryPatch.importance(importance), WriteGuards.of(call))
        .thenApply(written -> {
          JsonObject memory = MemoryJson.of(written.memories().getFirst());
          return one(
              written.memories().getFirst(),
              new JsonObject()
                  .put("status", "ok")
                  .put("memory_id", memory.getString("id"))
                  .put("importance", memory.getDouble("importance"))
                  // As clients read it that take this for a kind of feedback.
                  .put("new_importance", memory.getDouble("importance"))
                  .put("signal", "positive")
                  .put("memory", memory));
        });
  }

  private CompletionStage<Answer> giveFeedback(Call call) {
    String signal = call.body().required("signal");
    Verdict verdict = new Verdict(MemoryForms.vote(signal), null);
    return memories
        .update(call.permit(), memoryId(call), MemoryPatch.verdict(verdict), WriteGuards.of(call))
        .thenApply(written -> {
          Memory memory = written.memories().getFirst();
          return one(
              memory,
              new JsonObject()
                  .put("memory_id", memory.id())
                  .put("new_importance", MemoryJson.exact(memory.importance()))
                  .put("signal", signal));
        });
  }

  private CompletionStage<Answer> verify(Call call) {
    boolean verified = !call.body().has("verified") || call.body().flag("verified");
    return memories
        .update(
            call.permit(),
            memoryId(call),
            MemoryPatch.verdict(new Verdict(null, verified)),
            WriteGuards.of(call))
        .thenApply(MemoryRoutes::written);
  }

  /**
   * Some clients send every list, empty where they mean none, so an empty list is no selector; a
   * request without any selector is refused rather than taken for "all".
   */
  private CompletionStage<Answer> forget(Call call) {
    Fields body = call.body();
    List<String> ids = orNone(body.texts("memory_ids"));
    Long before = body.integer("before_timestamp");
    MemoryFilter filter =
        new MemoryFilter(
            null,
            null,
            null,
            orNone(body.texts("tags")),
            body.text("session_id"),
            null,
            before == null ? null : Long.valueOf(before - 1));
    if (ids.isEmpty() && filter.isEmpty()) {
      throw new Refusal.InvalidRequest(
          "memory_ids",
          "nothing is selected: send memory_ids, or tags, session_id or before_timestamp");
    }
    if (!ids.isEmpty() && !filter.isEmpty()) {
      throw new Refusal.InvalidRequest(
          "memory_ids", "memory_ids cannot be combined with tags, session_id or before_timestamp");
    }
    List<String> named = ids.stream().distinct().toList();
    Precondition precondition = WriteGuards.precondition(call);
    if (!precondition.equals(Precondition.NONE) && named.size() != 1) {
      throw new Refusal.InvalidRequest(
          "memory_ids", "If-Match is about one memory: name one in memory_ids, or leave it out");
    }
    return (named.isEmpty()
            ? memories.forget(call.permit(), filter)
            : memories.forget(call.permit(), named, precondition))
        .thenApply(MemoryRoutes::forgotten);
  }

  private CompletionStage<Answer> forgetBatch(Call call) {
    MemoryFilter filter = MemoryForms.filter(call.body().object("filter"));
    if (filter.isEmpty()) {
      throw new Refusal.InvalidRequest(
          "filter", "filter must hold a condition; to forget all, delete the namespace");
    }
    return memories.forget(call.permit(), filter).thenApply(MemoryRoutes::forgotten);
  }

  private CompletionStage<Answer> recallBatch(Call call) {
    Integer limit = call.body().smallInteger("limit");
    return memories
        .select(
            call.permit(),
            MemoryForms.filter(call.body().object("filter")),
            limit == null ? SELECT_LIMIT : limit,
            call.body().has(RequestCheck.AGENT))
        .thenApply(selection -> {
          List<Memory> found = selection.memories();
          return Answer.heavy(
              MemoryJson.weight(found),
              found.size(),
              () -> {
                answerLimit.require(found, "limit");
                return new JsonObject()
                    .put("memories", MemoryJson.all(found))
                    .put("total", selection.total())
                    .put("filtered", selection.filtered())
                    .put("complete", selection.complete())
                    .put("missing_shards", new JsonArray(selection.missing()));
              });
        });
  }

  private static Answer written(Memories.Written written) {
    Memory memory = written.memories().getFirst();
    JsonObject json =
        new JsonObject()
            .put("memory", MemoryJson.of(memory))
            .put("embedding_time_ms", written.embeddingMs());
    return one(memory, written.repeats().isEmpty() ? json : json.put("deduplicated", true));
  }

  private static Answer one(Memory memory, JsonObject body) {
    return Answer.heavy(MemoryJson.weight(List.of(memory)), 1, () -> body)
        .with("ETag", EntityTags.of(memory));
  }

  private static Answer forgotten(int count) {
    return Answer.ok(new JsonObject().put("deleted_count", count).put("status", "ok"));
  }

  private static String memoryId(Call call) {
    String inPath = call.parameters().text("memory_id");
    return inPath == null ? call.body().required("memory_id") : inPath;
  }

  private static List<String> orNone(@Nullable List<String> items) {
    return items == null ? List.of() : items;
  }
}
