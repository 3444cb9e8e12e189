package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/** The times that a question asks for, looked for in what memories say. */
public final class AskedTimes {
  private final List<TimeCue> asked;

  public AskedTimes(List<TimeCue> asked) {
    this.asked = List.copyOf(asked);
  }

  public boolean areNone() {
    return asked.isEmpty();
  }

  /**
   * Whether the content names a time within one of them. Only as much of it is read as of a
   * question.
   *
   * @param written unix seconds, which "yesterday" in the content counts from
   */
  public boolean areNamedIn(String content, long written) {
    Words words = Words.of(content, QuestionCues.CHARS_MAX);
    return TimeReader.read(words, Instant.ofEpochSecond(written).atZone(ZoneOffset.UTC)).stream()
        .filter(said -> said.grain() != Grain.OPEN)
        .anyMatch(said -> asked.stream().anyMatch(one -> isWithin(said, one)));
  }

  private static boolean isWithin(TimeCue said, TimeCue asked) {
    if (asked.everyYear()) {
      int years = asked.year() - said.year();
      return IntStream.rangeClosed(years - 1, years + 1)
          .mapToObj(said::yearsLater)
          .anyMatch(moved -> lies(moved, asked));
    }
    // Of a day without a year the last one is meant, or the next.
    return lies(said, asked) || (said.everyYear() && lies(said.yearsLater(1), asked));
  }

  private static boolean lies(TimeCue said, TimeCue asked) {
    return asked.from() <= said.from() && said.to() <= asked.to();
  }
}
