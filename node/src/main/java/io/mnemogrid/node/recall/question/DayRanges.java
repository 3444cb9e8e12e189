package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import io.mnemogrid.node.recall.question.Word.Gap;
import java.time.LocalDate;
import java.time.Month;
import org.jspecify.annotations.Nullable;

/** Days of one month: 3-5 May 2023, 3rd to 5th of May, between 3 and 5 May, May 5 and 6, 2023. */
final class DayRanges {
  private final Words words;
  private final LocalDate today;

  DayRanges(Words words, LocalDate today) {
    this.words = words;
    this.today = today;
  }

  /** The days that begin with the word, or null. */
  @Nullable NamedTime at(int i) {
    String lead = words.lower(i);
    int first = afterThe(lead.equals("between") || lead.equals("from") ? i + 1 : i);
    if (!words.has(first)) {
      return null;
    }
    Month month = CalendarWords.month(words.lower(first));
    boolean isMonth =
        month != null
            && (!CalendarWords.isAlsoVerb(words.lower(first)) || words.get(first).isCapitalized());
    int day = isMonth ? first + 1 : first;
    int lastDay = behindLink(day + 1, lead);
    if (lastDay < 0) {
      return null;
    }
    int next = words.is(lastDay + 1, "of") ? lastDay + 2 : lastDay + 1;
    Month monthBehind = monthAt(next, next == lastDay + 2);
    if (isMonth == (monthBehind != null)) {
      return null;
    }
    int end = isMonth ? lastDay + 1 : next + 1;
    Month of = isMonth ? month : monthBehind;
    return of == null ? null : range(i, end, of, words.number(day, 2), words.number(lastDay, 2));
  }

  /** Not the "may" of "steps 3-5 may be left out". */
  private @Nullable Month monthAt(int i, boolean sure) {
    boolean isMonth =
        sure
            || !CalendarWords.isAlsoVerb(words.lower(i))
            || words.get(i).isCapitalized()
            || CalendarWords.yearAt(words, i + 1) > 0;
    return isMonth ? CalendarWords.month(words.lower(i)) : null;
  }

  /** The number that a hyphen or a word links to the one before, or -1. */
  private int behindLink(int i, String lead) {
    if (!words.has(i)) {
      return -1;
    }
    Gap gap = words.gap(i);
    if (gap == Gap.HYPHEN || gap == Gap.DASH) {
      return i;
    }
    boolean linked =
        switch (words.lower(i)) {
          case "and" -> lead.equals("between") || isNextDay(i);
          case "to", "until", "till", "through" -> true;
          default -> false;
        };
    return linked ? afterThe(i + 1) : -1;
  }

  /** On the 10th and 11th: of others that are named together, those between are not meant. */
  private boolean isNextDay(int i) {
    return words.number(afterThe(i + 1), 2) == words.number(i - 1, 2) + 1;
  }

  private @Nullable NamedTime range(int begin, int end, Month month, int first, int last) {
    int said = CalendarWords.yearAt(words, end);
    LocalDate beginning = LocalDate.of(said > 0 ? said : today.getYear(), month, 1);
    int days = said > 0 ? beginning.lengthOfMonth() : month.minLength();
    if (first < 1 || last <= first || last > days) {
      return null;
    }
    LocalDate from = beginning.plusDays(first - 1L);
    NamedTime range =
        new NamedTime(
            begin, said > 0 ? end + 1 : end, from, beginning.plusDays(last), Grain.SPAN, false);
    if (said > 0) {
      return range;
    }
    return (from.isAfter(today) ? range.yearsLater(-1) : range).asEveryYear();
  }

  private int afterThe(int i) {
    return words.is(i, "the") ? i + 1 : i;
  }
}
