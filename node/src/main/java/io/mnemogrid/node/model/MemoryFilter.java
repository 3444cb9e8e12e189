package io.mnemogrid.node.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on a memory, all of which must hold; absent ones hold for every memory. Times are unix
 * seconds, inclusive, and compare with {@code createdAt}.
 *
 * @param tags all of these must be present
 * @param condition a condition of any form besides
 */
public record MemoryFilter(
    @Nullable MemoryType type,
    @Nullable Float minImportance,
    @Nullable Float maxImportance,
    List<String> tags,
    @Nullable String sessionId,
    @Nullable Long createdAfter,
    @Nullable Long createdBefore,
    Condition condition) {

  public static final MemoryFilter ALL =
      new MemoryFilter(null, null, null, List.of(), null, null, null);

  public MemoryFilter {
    tags = List.copyOf(tags);
  }

  /** Without a condition besides. */
  public MemoryFilter(
      @Nullable MemoryType type,
      @Nullable Float minImportance,
      @Nullable Float maxImportance,
      List<String> tags,
      @Nullable String sessionId,
      @Nullable Long createdAfter,
      @Nullable Long createdBefore) {
    this(
        type,
        minImportance,
        maxImportance,
        tags,
        sessionId,
        createdAfter,
        createdBefore,
        Condition.ALWAYS);
  }

  /** The same with that condition besides, in the place of the present one. */
  public MemoryFilter where(Condition besides) {
    return new MemoryFilter(
        type, minImportance, maxImportance, tags, sessionId, createdAfter, createdBefore, besides);
  }

  /** Whether every memory passes. */
  public boolean isEmpty() {
    return equals(ALL);
  }

  /** All of it as one condition. */
  public Condition asCondition() {
    List<Condition> all = new ArrayList<>();
    if (type != null) {
      all.add(equal(MemoryField.Own.MEMORY_TYPE, type.name().toLowerCase(Locale.ROOT)));
    }
    if (minImportance != null) {
      all.add(bound(MemoryField.Own.IMPORTANCE, FieldTest.Order.AT_LEAST, number(minImportance)));
    }
    if (maxImportance != null) {
      all.add(bound(MemoryField.Own.IMPORTANCE, FieldTest.Order.AT_MOST, number(maxImportance)));
    }
    if (createdAfter != null) {
      FieldValue after = new FieldValue.Whole(createdAfter);
      all.add(bound(MemoryField.Own.CREATED_AT, FieldTest.Order.AT_LEAST, after));
    }
    if (createdBefore != null) {
      FieldValue before = new FieldValue.Whole(createdBefore);
      all.add(bound(MemoryField.Own.CREATED_AT, FieldTest.Order.AT_MOST, before));
    }
    if (sessionId != null) {
      all.add(equal(MemoryField.Own.SESSION_ID, sessionId));
    }
    if (!tags.isEmpty()) {
      List<FieldValue> wanted = tags.stream().<FieldValue>map(FieldValue.Text::new).toList();
      all.add(new Condition.On(MemoryField.Own.TAGS, new FieldTest.HoldsAll(wanted)));
    }
    all.add(condition);
    return Condition.all(all);
  }

  private static Condition equal(MemoryField.Own field, String text) {
    return new Condition.On(field, new FieldTest.Equals(new FieldValue.Text(text)));
  }

  private static Condition bound(
      MemoryField.Own field, FieldTest.Order order, FieldValue wholeOrReal) {
    return new Condition.On(field, new FieldTest.Compares(order, wholeOrReal));
  }

  /** The number that the float is shown as: 0.3, where widening would make it 0.30000001192. */
  private static FieldValue number(float value) {
    return FieldValue.number(Double.parseDouble(Float.toString(value)));
  }
}
