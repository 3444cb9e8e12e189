package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import io.mnemogrid.node.recall.question.Word.Gap;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the times that a question names. Each word is looked at a bounded number of times. */
final class TimeReader {
  /** Times of one question that are kept. */
  static final int TIMES_MAX = 16;

  private final Words words;
  private final ZonedDateTime now;
  private final ZoneId zone;
  private final CalendarTimes calendar;
  private final TimeBounds bounds;
  private final TimeParts parts;

  private TimeReader(Words words, ZonedDateTime now) {
    this.words = words;
    this.now = now;
    this.zone = now.getZone();
    this.calendar = new CalendarTimes(words, now.toLocalDate());
    this.bounds = new TimeBounds(words, zone);
    this.parts = new TimeParts(words, now.toLocalDate());
  }

  static List<TimeCue> read(Words words, ZonedDateTime now) {
    TimeReader reader = new TimeReader(words, now);
    List<NamedTime> named = reader.calendarTimes();
    JoinedTimes joined = JoinedTimes.of(words, named, reader.countedTimes(named));
    List<NamedTime> dates = joined.dates();
    List<NamedTime> counted = joined.counted();
    List<TimeCue> cues = new ArrayList<>();
    reader.addCues(dates, counted, cues);
    for (NamedTime time : counted) {
      cues.add(reader.cue(time, counted));
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
    return switch (words.lower(i - 1)) {
      case "last", "past", "previous", "this", "next" -> true;
      default -> false;
    };
  }

  /** The times themselves or, where words before one say so, what lies between or beyond. */
  private void addCues(List<NamedTime> dates, List<NamedTime> counted, List<TimeCue> cues) {
    for (int at = 0; at < dates.size(); at++) {
      NamedTime date = dates.get(at);
      NamedTime next = at + 1 < dates.size() ? dates.get(at + 1) : null;
      NamedTime span = next == null ? null : span(date, next);
      TimeCue between = span != null || next == null ? null : between(date, next, counted);
      if (between != null) {
        cues.add(between);
      } else {
        cues.add(cue(span == null ? date : span, counted));
      }
      if (span != null || between != null) {
        at++;
      }
    }
  }

  /** After X and before Y. */
  private @Nullable TimeCue between(NamedTime first, NamedTime last, List<NamedTime> counted) {
    TimePair pair = TimePair.of(first, last);
    TimeBounds.Open begin = open(pair.first(), counted);
    TimeBounds.Open end = open(pair.last(), counted);
    return begin == null || end == null ? null : bounds.between(begin, end);
  }

  /** What the time bounds, or the part of it that is meant. */
  private TimeCue cue(NamedTime time, List<NamedTime> counted) {
    TimeBounds.Open open = open(time, counted);
    if (open != null) {
      return open.cue();
    }
    NamedTime part = parts.of(time);
    TimeBounds.Open ofPart = open(part, counted);
    return ofPart == null ? part.cue(words, zone) : ofPart.cue();
  }

  /** What the time bounds, if it does; what another time is counted from does not. */
  private TimeBounds.@Nullable Open open(NamedTime time, List<NamedTime> counted) {
    TimeBounds.Open open = bounds.of(time);
    boolean anchor =
        open != null
            && counted.stream()
                .anyMatch(other -> other.begin() <= open.lead() && open.lead() <= other.end());
    return anchor ? null : open;
  }

  /** Between X and Y, from X to Y, X to Y, X-Y. */
  private @Nullable NamedTime span(NamedTime first, NamedTime last) {
    int begin = spanBegin(first, last);
    TimePair pair = TimePair.of(first, last);
    return begin < 0 || !pair.isInOrder()
        ? null
        : new NamedTime(
            begin,
            last.end(),
            pair.first().from(),
            pair.last().to(),
            Grain.SPAN,
            first.everyYear() && last.everyYear());
  }

  /** The first word of what the two times span, or -1 if nothing says that they do. */
  private int spanBegin(NamedTime first, NamedTime last) {
    Gap gap = words.gap(last.begin());
    if (last.begin() == first.end() && (gap == Gap.HYPHEN || gap == Gap.DASH)) {
      return first.begin();
    }
    if (last.begin() != first.end() + 1) {
      return -1;
    }
    String lead = words.lower(first.begin() - 1);
    return switch (words.lower(first.end())) {
      case "and" -> lead.equals("between") ? first.begin() - 1 : -1;
      case "to", "until", "till", "through" ->
          lead.equals("from") ? first.begin() - 1 : first.begin();
      default -> -1;
    };
  }

  /** Counted from now or from what the question names. */
  private List<NamedTime> countedTimes(List<NamedTime> dates) {
    RelativeTimes relative = new RelativeTimes(words, new Anchors(words, dates, now));
    List<NamedTime> found = new ArrayList<>();
    int i = 0;
    while (i < words.size()) {
      NamedTime time = relative.at(i);
      if (time != null) {
        found.add(time);
      }
      i = time == null ? i + 1 : time.end();
    }
    return found;
  }
}
