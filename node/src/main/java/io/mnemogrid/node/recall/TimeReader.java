package io.mnemogrid.node.recall;

import io.mnemogrid.node.recall.TimeCue.Grain;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the times that a question names. Each word is looked at a bounded number of times. */
final class TimeReader {
  /** Times of one question that are kept. */
  static final int TIMES_MAX = 16;

  private final String question;
  private final List<Word> words;
  private final ZoneId zone;
  private final CalendarTimes calendar;
  private final LocalDate today;

  private TimeReader(String question, List<Word> words, ZonedDateTime now) {
    this.question = question;
    this.words = words;
    this.zone = now.getZone();
    this.today = now.toLocalDate();
    this.calendar = new CalendarTimes(words, today);
  }

  static List<TimeCue> read(String question, List<Word> words, ZonedDateTime now) {
    TimeReader reader = new TimeReader(question, words, now);
    List<NamedTime> dates = reader.calendarTimes();
    List<TimeCue> cues = new ArrayList<>();
    reader.addCues(dates, cues);
    for (NamedTime relative : reader.relativeTimes(dates)) {
      cues.add(relative.cue(question, words, reader.zone));
    }
    return List.copyOf(cues.subList(0, Math.min(TIMES_MAX, cues.size())));
  }

  private List<NamedTime> calendarTimes() {
    List<NamedTime> found = new ArrayList<>();
    int i = 0;
    while (i < words.size()) {
      NamedTime time = isQualified(i) ? null : calendar.at(i);
      if (time != null) {
        found.add(time);
      }
      i = time == null ? i + 1 : time.end();
    }
    return found;
  }

  /** "Last May" is not any May. */
  private boolean isQualified(int i) {
    if (i == 0) {
      return false;
    }
    return switch (words.get(i - 1).lower()) {
      case "last", "past", "previous", "this", "next" -> true;
      default -> false;
    };
  }

  /** The times themselves and, where a word before one says so, what lies between or beyond. */
  private void addCues(List<NamedTime> dates, List<TimeCue> cues) {
    for (int at = 0; at < dates.size(); at++) {
      NamedTime date = dates.get(at);
      NamedTime next = at + 1 < dates.size() ? dates.get(at + 1) : null;
      NamedTime span = next == null ? null : span(date, next);
      if (span != null) {
        cues.add(span.cue(question, words, zone));
        at++;
        continue;
      }
      cues.add(date.cue(question, words, zone));
      TimeCue open = open(date);
      if (open != null) {
        cues.add(open);
      }
    }
  }

  /** Between X and Y, from X to Y. */
  private @Nullable NamedTime span(NamedTime first, NamedTime last) {
    if (first.begin() == 0 || last.begin() != first.end() + 1) {
      return null;
    }
    String lead = words.get(first.begin() - 1).lower();
    String link = words.get(first.end()).lower();
    boolean between = lead.equals("between") && link.equals("and");
    boolean from =
        lead.equals("from")
            && (link.equals("to") || link.equals("until") || link.equals("through"));
    if (!between && !from) {
      return null;
    }
    LocalDate begin =
        first.everyYear() && !last.everyYear()
            ? first.from().withYear(last.from().getYear())
            : first.from();
    boolean turned = !begin.isBefore(last.to());
    if (turned && !first.everyYear()) {
      return null;
    }
    return new NamedTime(
        first.begin() - 1,
        last.end(),
        turned ? begin.minusYears(1) : begin,
        last.to(),
        Grain.SPAN,
        first.everyYear() && last.everyYear());
  }

  /** Since X, after X, before X. */
  private @Nullable TimeCue open(NamedTime date) {
    if (date.begin() == 0) {
      return null;
    }
    NamedTime withLead = date.inWords(date.begin() - 1, date.end());
    String text = withLead.text(question, words);
    long from = date.from().atStartOfDay(zone).toEpochSecond();
    long to = date.to().atStartOfDay(zone).toEpochSecond();
    return switch (words.get(date.begin() - 1).lower()) {
      case "since" -> new TimeCue(text, from, Long.MAX_VALUE, Grain.OPEN, false);
      case "after" -> new TimeCue(text, to, Long.MAX_VALUE, Grain.OPEN, false);
      case "before" -> new TimeCue(text, Long.MIN_VALUE, from, Grain.OPEN, false);
      default -> null;
    };
  }

  /** Counted from the day that the question names, if it is one, else from today. */
  private List<NamedTime> relativeTimes(List<NamedTime> dates) {
    List<NamedTime> days = dates.stream().filter(NamedTime::isOneDay).toList();
    boolean named = days.size() == 1;
    RelativeTimes relative = new RelativeTimes(words, named ? days.getFirst().from() : today);
    List<NamedTime> found = new ArrayList<>();
    int i = 0;
    while (i < words.size()) {
      NamedTime time = relative.at(i);
      // "Two weeks before" what? Without a day that is named, nobody knows.
      boolean counts = time != null && (named || !isAnchored(time));
      if (counts && time != null) {
        found.add(time);
      }
      i = time == null ? i + 1 : time.end();
    }
    return found;
  }

  private boolean isAnchored(NamedTime time) {
    return switch (words.get(time.end() - 1).lower()) {
      case "before", "after", "earlier" -> true;
      default -> false;
    };
  }
}
