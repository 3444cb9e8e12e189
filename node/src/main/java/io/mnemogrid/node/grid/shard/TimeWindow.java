package io.mnemogrid.node.grid.shard;

import static java.lang.Integer.MAX_VALUE;
import static java.lang.Integer.MIN_VALUE;

import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.MemoryField;
import java.util.Arrays;
import java.util.List;

/**
 * Of when memories must be for a condition to hold of them, as far as that can be told without
 * reading any: what is of another time cannot pass, the rest may. Times are those of {@link
 * MemoryRecord#time}, in whole seconds, cut off at the ends of {@code int}.
 */
final class TimeWindow {
  static final TimeWindow ALWAYS = new TimeWindow(new int[] {MIN_VALUE}, new int[] {MAX_VALUE});
  private static final TimeWindow NEVER = new TimeWindow(new int[0], new int[0]);
  private static final Condition HAS_NO_OTHER =
      new Condition.Not(new Condition.On(MemoryField.Own.VALID_FROM, new FieldTest.Exists()));

  /** The first second of each span, one before the other and none next to another. */
  private final int[] from;

  /** The last second of each span. */
  private final int[] to;

  private TimeWindow(int[] from, int[] to) {
    this.from = from;
    this.to = to;
  }

  private static TimeWindow span(int first, int last) {
    return new TimeWindow(new int[] {first}, new int[] {last});
  }

  static TimeWindow of(Condition condition) {
    return of(condition, false);
  }

  /**
   * @param isOfItsMaking whether the time of a memory is known to be that of its making
   */
  private static TimeWindow of(Condition condition, boolean isOfItsMaking) {
    return switch (condition) {
      case Condition.All(List<Condition> all) -> {
        boolean nowOfItsMaking = isOfItsMaking || all.contains(HAS_NO_OTHER);
        yield all.stream().map(each -> of(each, nowOfItsMaking)).reduce(ALWAYS, TimeWindow::and);
      }
      case Condition.Any(List<Condition> any) ->
          any.stream().map(each -> of(each, isOfItsMaking)).reduce(NEVER, TimeWindow::or);
      case Condition.On(MemoryField field, FieldTest test)
          when field == MemoryField.Own.VALID_FROM
              || field == MemoryField.Own.CREATED_AT && isOfItsMaking ->
          of(test);
      case Condition.Not _, Condition.On _ -> ALWAYS;
    };
  }

  private static TimeWindow of(FieldTest test) {
    return switch (test) {
      case FieldTest.Equals(FieldValue value) -> around(value);
      case FieldTest.OneOf(List<FieldValue> values) ->
          values.stream().map(TimeWindow::around).reduce(NEVER, TimeWindow::or);
      case FieldTest.Compares(FieldTest.Order order, FieldValue bound) -> {
        TimeWindow near = around(bound);
        yield switch (order) {
          case GREATER, AT_LEAST -> span(near.from[0], MAX_VALUE);
          case LESS, AT_MOST -> span(MIN_VALUE, near.to[0]);
        };
      }
      case FieldTest.Exists _,
          FieldTest.Contains _,
          FieldTest.Matches _,
          FieldTest.HoldsAny _,
          FieldTest.HoldsAll _ ->
          ALWAYS;
    };
  }

  /** The whole seconds next to a number; what is none says nothing here. */
  private static TimeWindow around(FieldValue value) {
    return switch (value) {
      case FieldValue.Whole(long whole) -> span(cut(whole), cut(whole));
      case FieldValue.Real(double real) ->
          span(cut((long) Math.floor(real)), cut((long) Math.ceil(real)));
      case FieldValue.Null _, FieldValue.Flag _, FieldValue.Text _ -> ALWAYS;
    };
  }

  /** A time as it is kept for each slot. */
  static int cut(long unixSeconds) {
    return Math.clamp(unixSeconds, MIN_VALUE, MAX_VALUE);
  }

  boolean isAlways() {
    return from.length == 1 && from[0] == MIN_VALUE && to[0] == MAX_VALUE;
  }

  boolean has(int cutTime) {
    for (int i = 0; i < from.length && from[i] <= cutTime; i++) {
      if (cutTime <= to[i]) {
        return true;
      }
    }
    return false;
  }

  private TimeWindow and(TimeWindow other) {
    Spans both = new Spans(from.length + other.from.length);
    for (int i = 0, j = 0; i < from.length && j < other.from.length; ) {
      both.add(Math.max(from[i], other.from[j]), Math.min(to[i], other.to[j]));
      if (to[i] < other.to[j]) {
        i++;
      } else {
        j++;
      }
    }
    return both.window();
  }

  private TimeWindow or(TimeWindow other) {
    Spans either = new Spans(from.length + other.from.length);
    for (int i = 0, j = 0; i < from.length || j < other.from.length; ) {
      if (j == other.from.length || i < from.length && from[i] <= other.from[j]) {
        either.add(from[i], to[i]);
        i++;
      } else {
        either.add(other.from[j], other.to[j]);
        j++;
      }
    }
    return either.window();
  }

  /** Spans in the order of their beginnings, those that meet made one. */
  private static final class Spans {
    private final int[] from;
    private final int[] to;
    private int count;

    Spans(int most) {
      from = new int[most];
      to = new int[most];
    }

    void add(int first, int last) {
      if (first > last) {
        return;
      }
      if (count > 0 && first - 1L <= to[count - 1]) {
        to[count - 1] = Math.max(to[count - 1], last);
      } else {
        from[count] = first;
        to[count++] = last;
      }
    }

    TimeWindow window() {
      return new TimeWindow(Arrays.copyOf(from, count), Arrays.copyOf(to, count));
    }
  }
}
