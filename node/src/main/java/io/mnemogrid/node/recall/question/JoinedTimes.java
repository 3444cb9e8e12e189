package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Times that are named in two parts, one by the calendar and one as told from now: May of last
 * year, two years ago in June, Tuesday 9 May.
 *
 * @param dates of the calendar
 * @param counted what else is told from now
 */
record JoinedTimes(List<NamedTime> dates, List<NamedTime> counted) {
  private static final Set<String> LINKS = Words.set("in of on the");
  private static final int LINKS_MAX = 2;

  static JoinedTimes of(Words words, List<NamedTime> dates, List<NamedTime> counted) {
    List<NamedTime> joined = new ArrayList<>();
    List<NamedTime> left = new ArrayList<>(counted);
    for (NamedTime date : dates) {
      left.removeIf(time -> isWeekdayOf(words, time, date));
      NamedTime year = date.everyYear() ? yearOf(words, date, left) : null;
      if (year == null) {
        joined.add(date);
      } else {
        left.remove(year);
        joined.add(
            date.inYear(year.from().getYear())
                .spanning(Math.min(date.begin(), year.begin()), Math.max(date.end(), year.end())));
      }
    }
    return new JoinedTimes(joined, left);
  }

  private static @Nullable NamedTime yearOf(Words words, NamedTime date, List<NamedTime> counted) {
    return counted.stream()
        .filter(time -> time.grain() == Grain.YEAR)
        .filter(time ->
            isLinked(words, date.end(), time.begin()) || isLinked(words, time.end(), date.begin()))
        .findFirst()
        .orElse(null);
  }

  /** Whether nothing is between the two that parts them. */
  private static boolean isLinked(Words words, int end, int begin) {
    boolean linked = begin >= end && begin - end <= LINKS_MAX && !words.get(begin).startsSentence();
    for (int i = end; linked && i < begin; i++) {
      linked = LINKS.contains(words.lower(i)) && !words.get(i).startsSentence();
    }
    return linked;
  }

  /** On Tuesday, May 9: the day is told twice. */
  private static boolean isWeekdayOf(Words words, NamedTime time, NamedTime date) {
    return date.grain() == Grain.DAY
        && time.grain() == Grain.DAY
        && CalendarWords.day(words.lower(time.end() - 1)) != null
        && isLinked(words, time.end(), date.begin());
  }
}
