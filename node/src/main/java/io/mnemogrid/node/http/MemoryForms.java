package io.mnemogrid.node.http;

import io.mnemogrid.node.memory.Memories;
import io.mnemogrid.node.memory.MemoryPatch;
import io.mnemogrid.node.memory.NewMemory;
import io.mnemogrid.node.memory.Occasion;
import io.mnemogrid.node.memory.Verdict;
import io.mnemogrid.node.model.Appraisal;
import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.MemoryField;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.RecallOptions;
import io.mnemogrid.node.model.Refusal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads memories, changes, questions and filters out of checked requests. */
final class MemoryForms {
  private static final String CONTENT = "content";
  private static final String IMPORTANCE = "importance";
  private static final Condition VERIFIED =
      new Condition.On(MemoryField.Own.VERIFIED, new FieldTest.Equals(new FieldValue.Flag(true)));

  private final InstantSource clock;

  MemoryForms(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param at where the memory stands in the request, as {@code memories[3]}; empty for the whole
   */
  NewMemory memory(Fields fields, String at) {
    Occasion occasion =
        Occasion.named(fields.object("metadata").values(), clock).overriddenBy(occasion(fields));
    return new NewMemory(
        fields.text("id"),
        content(fields, at),
        typeOr(fields, NewMemory.USUAL_TYPE),
        importance(fields),
        orNone(fields.texts("tags")),
        fields.json("metadata"),
        occasion.sessionId(),
        expiresAt(fields, at),
        occasion.validFrom(),
        fields.floats("embedding"));
  }

  static MemoryPatch patch(Fields fields) {
    Float importance = fields.real(IMPORTANCE);
    Occasion occasion = occasion(fields);
    return new MemoryPatch(
        fields.has(CONTENT) ? content(fields, "") : null,
        type(fields),
        clampedOrNull(importance),
        fields.texts("tags"),
        fields.json("metadata"),
        occasion.sessionId(),
        occasion.validFrom(),
        fields.floats("embedding"),
        Verdict.NONE);
  }

  private static String content(Fields fields, String at) {
    String content = fields.required(CONTENT);
    if (content.isBlank()) {
      String field = at.isEmpty() ? CONTENT : at + "." + CONTENT;
      throw new Refusal.InvalidRequest(
          field, field + " must say something, was nothing but white space");
    }
    return content;
  }

  static Appraisal.Vote vote(String signal) {
    return switch (signal) {
      case "upvote", "positive" -> Appraisal.Vote.UP;
      case "downvote", "negative" -> Appraisal.Vote.DOWN;
      case "flag" -> Appraisal.Vote.FLAG;
      default -> throw new IllegalStateException("the schema knows no signal " + signal);
    };
  }

  static Memories.RecallRequest question(Fields fields, int defaultTopK) {
    Integer topK = fields.smallInteger("top_k");
    if (!fields.has("query") && !fields.has("embedding")) {
      throw new Refusal.InvalidRequest("query", "query is required, or embedding in its place");
    }
    float[] weights = fields.floats("weights");
    if (weights != null && !fields.has("namespaces")) {
      throw new Refusal.InvalidRequest(
          "weights", "weights are those of namespaces, which the request does not name");
    }
    Long since = time(fields.text("since"), Instants::unixSeconds);
    Long until = time(fields.text("until"), Instants::lastUnixSecond);
    if (since != null && until != null && since > until) {
      throw new Refusal.InvalidRequest(
          "since", "since is after until, so no memory can be found; give times in their order");
    }
    return new Memories.RecallRequest(
        fields.text("query"),
        fields.floats("embedding"),
        weights == null ? List.of() : boxed(weights),
        topK == null ? defaultTopK : topK,
        new MemoryFilter(
            type(fields),
            fields.real("min_importance"),
            null,
            orNone(fields.texts("tags")),
            fields.text("session_id"),
            since,
            until,
            conditions(fields)),
        options(fields),
        fields.has(RequestCheck.AGENT));
  }

  private static Condition conditions(Fields fields) {
    Condition given = ConditionReader.read(fields.raw("filter"), "filter");
    return fields.flag("verified_only") ? Condition.all(List.of(VERIFIED, given)) : given;
  }

  private static RecallOptions options(Fields fields) {
    RecallOptions otherwise = RecallOptions.DEFAULTS;
    Integer iterations = fields.smallInteger("iterations");
    return new RecallOptions(
        named(RecallOptions.Routing.class, fields.text("routing"), otherwise.routing()),
        named(RecallOptions.Fusing.class, fields.text("fusion"), otherwise.fusing()),
        fields.real("vector_weight"),
        flagOr(fields, "neighborhood", otherwise.neighborhood()),
        iterations == null ? otherwise.iterations() : iterations,
        named(RecallOptions.Scoring.class, fields.text("scoring"), otherwise.scoring()),
        flagOr(fields, "rerank", otherwise.rerank()),
        fields.flag("explain"));
  }

  private static boolean flagOr(Fields fields, String name, boolean otherwise) {
    return fields.has(name) ? fields.flag(name) : otherwise;
  }

  private static <E extends Enum<E>> E named(Class<E> type, @Nullable String spelled, E otherwise) {
    return spelled == null ? otherwise : Enum.valueOf(type, spelled.toUpperCase(Locale.ROOT));
  }

  private static List<Float> boxed(float[] numbers) {
    List<Float> boxed = new ArrayList<>(numbers.length);
    for (float number : numbers) {
      boxed.add(number);
    }
    return boxed;
  }

  static MemoryFilter filter(Fields fields) {
    return new MemoryFilter(
        type(fields),
        fields.real("min_importance"),
        fields.real("max_importance"),
        orNone(fields.texts("tags")),
        fields.text("session_id"),
        fields.integer("created_after"),
        fields.integer("created_before"),
        ConditionReader.read(fields.raw("where"), "filter.where"));
  }

  /** As it is said beside the metadata. */
  private static Occasion occasion(Fields fields) {
    return new Occasion(fields.text("session_id"), fields.integer("valid_from"));
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

  private static @Nullable Float importance(Fields fields) {
    Float given = fields.real(IMPORTANCE);
    if (given == null) {
      given = fields.object("metadata").real(IMPORTANCE);
    }
    return clampedOrNull(given);
  }

  private static @Nullable Float clampedOrNull(@Nullable Float importance) {
    return importance == null ? null : Float.valueOf(clamped(importance));
  }

  static float clamped(float importance) {
    return Math.clamp(importance, 0f, 1f);
  }

  private static MemoryType typeOr(Fields fields, MemoryType fallback) {
    MemoryType type = type(fields);
    return type == null ? fallback : type;
  }

  private static @Nullable MemoryType type(Fields fields) {
    String type = fields.text("memory_type");
    return type == null ? null : MemoryType.valueOf(type.toUpperCase(Locale.ROOT));
  }

  private static @Nullable Long time(
      @Nullable String iso, Function<String, OptionalLong> unixSeconds) {
    return iso == null ? null : Long.valueOf(unixSeconds.apply(iso).orElseThrow());
  }

  private static List<String> orNone(@Nullable List<String> items) {
    return items == null ? List.of() : items;
  }
}
