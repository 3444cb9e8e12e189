package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Times that a question names only to say where what is meant begins or ends: after May 2023, by
 * the end of 2022. What is meant is all to one side of the bound, and not the time itself.
 */
final class TimeBounds {
  /** Words between the one that makes a bound and the time: "until the very beginning of". */
  private static final int WORDS_BETWEEN_MAX = 4;

  private final Words words;
  private final ZoneId zone;

  TimeBounds(Words words, ZoneId zone) {
    this.words = words;
    this.zone = zone;
  }

  private enum Part {
    WHOLE,
    EARLY,
    MIDDLE,
    LATE
  }

  /**
   * Everything to one side of a time.
   *
   * @param lead the word that says so
   * @param cue without a beginning or without an end
   */
  record Open(int lead, NamedTime time, TimeCue cue) {
    boolean hasBeginning() {
      return cue.from() != Long.MIN_VALUE;
    }
  }

  /** What the time is a bound of, or null if it is meant itself. */
  @Nullable Open of(NamedTime time) {
    Part part = Part.WHOLE;
    int least = Math.max(0, time.begin() - 1 - WORDS_BETWEEN_MAX);
    for (int i = time.begin() - 1; i >= least; i--) {
      if (words.get(i + 1).startsSentence()) {
        return null;
      }
      switch (words.lower(i)) {
        case "the", "very", "of" -> {}
        case "early", "beginning", "start" -> part = Part.EARLY;
        case "mid", "middle" -> part = Part.MIDDLE;
        case "late", "end" -> part = Part.LATE;
        default -> {
          return open(i, time, part);
        }
      }
    }
    return null;
  }

  private @Nullable Open open(int lead, NamedTime time, Part part) {
    return switch (words.lower(lead)) {
      case "since" -> from(lead, time, time.from());
      case "after" -> {
        boolean inside = part == Part.EARLY || part == Part.MIDDLE;
        yield from(lead, time, inside ? time.from() : time.to());
      }
      case "before" -> {
        boolean inside = part == Part.LATE || part == Part.MIDDLE;
        yield to(lead, time, inside ? time.to() : time.from());
      }
      case "until", "till", "by" -> to(lead, time, time.to());
      default -> null;
    };
  }

  private Open from(int lead, NamedTime time, LocalDate day) {
    return open(lead, time, seconds(day), Long.MAX_VALUE);
  }

  private Open to(int lead, NamedTime time, LocalDate day) {
    return open(lead, time, Long.MIN_VALUE, seconds(day));
  }

  private Open open(int lead, NamedTime time, long from, long to) {
    String text = words.text(lead, time.end());
    return new Open(lead, time, new TimeCue(text, from, to, Grain.OPEN, false));
  }

  private long seconds(LocalDate day) {
    return day.atStartOfDay(zone).toEpochSecond();
  }

  /** After X and before Y: what is between a beginning and an end that follows it, or null. */
  @Nullable TimeCue between(Open first, Open last) {
    boolean follows = last.lead() == first.time().end();
    boolean joined = last.lead() == first.time().end() + 1 && words.is(first.time().end(), "and");
    boolean closed =
        first.hasBeginning() && !last.hasBeginning() && first.cue().from() < last.cue().to();
    if (!closed || !(follows || joined)) {
      return null;
    }
    String text = words.text(first.lead(), last.time().end());
    return new TimeCue(text, first.cue().from(), last.cue().to(), Grain.SPAN, false);
  }
}
