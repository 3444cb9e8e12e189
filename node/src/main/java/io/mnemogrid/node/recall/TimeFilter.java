package io.mnemogrid.node.recall;

import io.mnemogrid.node.model.Condition;
import io.mnemogrid.node.model.FieldTest;
import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.MemoryField;
import io.mnemogrid.node.recall.question.TimeCue;
import java.util.List;

/**
 * Which memories are of the times that a question names: from when what they say holds, if that is
 * said, or else when they were stored.
 */
public final class TimeFilter {
  private TimeFilter() {}

  /**
   * Those that are in one of the times.
   *
   * @param cues of the question, at least one
   * @param now unix seconds
   */
  public static Condition inside(List<TimeCue> cues, long now) {
    return of(DateScore.exactSpans(cues, now));
  }

  /** The same, and those that are near one. */
  public static Condition near(List<TimeCue> cues, long now) {
    return of(DateScore.spans(cues, now));
  }

  private static Condition of(List<DateScore.Span> spans) {
    Condition timed = new Condition.On(MemoryField.Own.VALID_FROM, new FieldTest.Exists());
    return Condition.any(
        List.of(
            within(MemoryField.Own.VALID_FROM, spans),
            Condition.all(
                List.of(Condition.not(timed), within(MemoryField.Own.CREATED_AT, spans)))));
  }

  private static Condition within(MemoryField.Own field, List<DateScore.Span> spans) {
    return Condition.any(
        spans.stream()
            .map(span ->
                Condition.all(
                    List.of(
                        on(field, FieldTest.Order.AT_LEAST, span.from()),
                        on(field, FieldTest.Order.LESS, span.to()))))
            .toList());
  }

  private static Condition on(MemoryField.Own field, FieldTest.Order order, long bound) {
    return new Condition.On(field, new FieldTest.Compares(order, new FieldValue.Whole(bound)));
  }
}
