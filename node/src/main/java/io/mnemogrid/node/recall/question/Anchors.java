package io.mnemogrid.node.recall.question;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the times of a question are counted from: now, or a date that it names. */
final class Anchors {
  private final Words words;
  private final List<NamedTime> dates;
  private final ZonedDateTime now;
  private final @Nullable NamedTime onlyDay;

  Anchors(Words words, List<NamedTime> dates, ZonedDateTime now) {
    this.words = words;
    this.dates = dates;
    this.now = now;
    List<NamedTime> days = dates.stream().filter(NamedTime::isOneDay).toList();
    this.onlyDay = days.size() == 1 ? days.getFirst() : null;
  }

  /** From where "three weeks ago" counts: the day that the question names, if it is one, or now. */
  LocalDateTime moment() {
    return onlyDay == null ? now.toLocalDateTime() : moment(onlyDay);
  }

  /** A moment of a date; what is said on a day is said at some hour of it. */
  static LocalDateTime moment(NamedTime date) {
    return date.from().atTime(LocalTime.NOON);
  }

  /**
   * From what "three weeks before" counts, or null where nobody knows.
   *
   * @param i the word behind it
   */
  @Nullable NamedTime before(int i, CalendarUnit unit) {
    NamedTime next = dateAt(i);
    return next == null ? onlyDay : countable(next, unit);
  }

  /** From what "three weeks after" counts: only from what it is said of. */
  @Nullable NamedTime after(int i, CalendarUnit unit) {
    NamedTime next = dateAt(i);
    return next == null ? null : countable(next, unit);
  }

  /** Two years after 2020 is a year, but nobody knows which day two days after it is. */
  private static @Nullable NamedTime countable(NamedTime date, CalendarUnit unit) {
    boolean countable =
        switch (date.grain()) {
          case DAY -> true;
          case MONTH -> unit == CalendarUnit.MONTH;
          case YEAR -> unit == CalendarUnit.YEAR;
          case WEEK, SEASON, SPAN, OPEN -> false;
        };
    return countable ? date : null;
  }

  private @Nullable NamedTime dateAt(int i) {
    int begin = words.is(i, "the") ? i + 1 : i;
    return dates.stream()
        .filter(date -> date.begin() == begin)
        .findFirst()
        .orElseGet(() -> NearDays.at(words, i, moment().toLocalDate()));
  }
}
