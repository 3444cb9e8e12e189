package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** Questions that are asked at one moment, and the times in them. */
final class Asked {
  /** A Thursday. */
  static final ZonedDateTime NOW = ZonedDateTime.parse("2026-07-16T15:00:00Z");

  private Asked() {}

  static List<TimeCue> times(String question) {
    return QuestionCues.of(question, NOW).times();
  }

  static TimeCue cue(String text, LocalDate from, LocalDate to, Grain grain, boolean everyYear) {
    return new TimeCue(text, seconds(from), seconds(to), grain, everyYear);
  }

  static long seconds(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }
}
