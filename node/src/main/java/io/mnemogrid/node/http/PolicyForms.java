package io.mnemogrid.node.http;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Memory policies as clients write and read them. A policy has rules that this node does not know;
 * clients send them all the same, with the values that they are made with, so such a value is no
 * wish. Any other is one, and is refused rather than forgotten.
 */
final class PolicyForms {
  private static final List<Unknown> UNKNOWN =
      List.of(
          new Unknown("working_ttl_seconds", null, 14_400),
          new Unknown("episodic_ttl_seconds", null, 2_592_000),
          new Unknown("semantic_ttl_seconds", null, 31_536_000),
          new Unknown("procedural_ttl_seconds", null, 63_072_000),
          new Unknown("working_decay", "flat", "exponential"),
          new Unknown("episodic_decay", "flat", "power_law"),
          new Unknown("semantic_decay", "flat", "logarithmic"),
          new Unknown("procedural_decay", "flat", "flat"),
          new Unknown("spaced_repetition_factor", 0.0, 1.0),
          new Unknown("spaced_repetition_base_interval_seconds", 86_400, 86_400),
          new Unknown("consolidation_enabled", false, false),
          new Unknown("consolidation_threshold", 0.92, 0.92),
          new Unknown("consolidation_interval_hours", 24, 24),
          new Unknown("rate_limit_enabled", false, false),
          new Unknown("rate_limit_stores_per_minute", null, null),
          new Unknown("rate_limit_recalls_per_minute", null, null));

  private PolicyForms() {}

  /**
   * A field of a rule that this node does not know.
   *
   * @param holds what is so all the same
   * @param unset what clients send that want nothing
   */
  private record Unknown(String field, @Nullable Object holds, @Nullable Object unset) {
    boolean isWish(@Nullable Object value) {
      return value != null && !isSame(value, holds) && !isSame(value, unset);
    }

    private static boolean isSame(Object value, @Nullable Object other) {
      return value instanceof Number one && other instanceof Number two
          ? one.doubleValue() == two.doubleValue()
          : value.equals(other);
    }
  }

  /**
   * What a policy changes.
   *
   * @param at where it stands in the request, with a dot at the end; empty for the whole
   */
  static UnaryOperator<Namespace.Deduplication> change(Fields policy, String at) {
    for (Unknown unknown : UNKNOWN) {
      Object value = policy.raw(unknown.field());
      if (unknown.isWish(value)) {
        String field = at + unknown.field();
        throw new Refusal.InvalidRequest(
            field,
            "%s cannot be %s: this node has no such rule; leave it out, or send %s"
                .formatted(field, Shown.value(value), Shown.value(unknown.holds())));
      }
    }
    boolean says = policy.has("dedup_on_store");
    boolean onStore = policy.flag("dedup_on_store");
    Float threshold = policy.real("dedup_threshold");
    return now ->
        new Namespace.Deduplication(
            says ? onStore : now.onStore(), Objects.requireNonNullElse(threshold, now.threshold()));
  }

  /** The whole policy of a namespace. */
  static JsonObject json(String namespace, Namespace.Deduplication deduplication) {
    JsonObject json =
        new JsonObject()
            .put("namespace", namespace)
            .put("dedup_on_store", deduplication.onStore())
            .put("dedup_threshold", MemoryJson.exact(deduplication.threshold()))
            .put("consolidated_count", 0);
    UNKNOWN.forEach(unknown -> json.put(unknown.field(), unknown.holds()));
    return json;
  }
}
