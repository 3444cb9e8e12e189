package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.TimeCue.Grain;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Times that are so many units away: three weeks ago, the last 48 hours, two years after 2020. */
final class CountedTimes {
  private final Words words;
  private final Anchors anchors;

  CountedTimes(Words words, Anchors anchors) {
    this.words = words;
    this.anchors = anchors;
  }

  /** Three weeks ago, a couple of days ago, a few years back, two weeks before, or null. */
  @Nullable NamedTime at(int i) {
    Amount amount = Amount.at(words, i);
    if (amount == null) {
      return null;
    }
    int end = amount.end() + 1;
    return switch (words.lower(amount.end())) {
      case "ago", "back" -> ago(i, amount, anchors.moment());
      case "before", "earlier" -> before(i, amount, anchors.before(end, amount.unit()));
      case "after" -> after(i, amount, anchors.after(end, amount.unit()));
      default -> null;
    };
  }

  /** The last three weeks, the past few days, or null. */
  @Nullable NamedTime stretch(int i) {
    return stretch(i, Amount.at(words, i + 1));
  }

  /** The next three weeks, the next few days, or null. */
  @Nullable NamedTime stretchAhead(int i) {
    Amount amount = Amount.at(words, i + 1);
    if (amount == null || words.is(amount.end(), "of")) {
      return null;
    }
    LocalDateTime moment = anchors.moment();
    LocalDate last = amount.unit().after(moment, amount.few() ? 5 : amount.count()).toLocalDate();
    return new NamedTime(
        i, amount.end(), moment.toLocalDate(), last.plusDays(1), Grain.SPAN, false);
  }

  /** The past hour, the last year and a half, or null. */
  @Nullable NamedTime stretchOfOne(int i) {
    return stretch(i, Amount.one(words, i + 1));
  }

  private @Nullable NamedTime stretch(int i, @Nullable Amount amount) {
    // The last three days of a journey are not the last three days.
    if (amount == null || words.is(amount.end(), "of")) {
      return null;
    }
    LocalDateTime moment = anchors.moment();
    LocalDate from = amount.unit().after(moment, amount.few() ? -5 : -amount.count()).toLocalDate();
    LocalDate to = moment.toLocalDate().plusDays(1);
    return new NamedTime(i, amount.end(), from, to, Grain.SPAN, false);
  }

  private static @Nullable NamedTime before(int i, Amount amount, @Nullable NamedTime date) {
    if (date == null) {
      return null;
    }
    NamedTime found = ago(i, amount, Anchors.moment(date));
    return date.everyYear() ? found.asEveryYear() : found;
  }

  private static @Nullable NamedTime after(int i, Amount amount, @Nullable NamedTime date) {
    if (date == null) {
      return null;
    }
    CalendarUnit unit = amount.unit();
    NamedTime found =
        amount.few() && !unit.isPartOfDay()
            ? few(i, amount, date.from().plusDays(1), 1)
            : away(i, amount, unit.after(Anchors.moment(date), amount.count()).toLocalDate());
    return date.everyYear() ? found.asEveryYear() : found;
  }

  private static NamedTime ago(int i, Amount amount, LocalDateTime moment) {
    CalendarUnit unit = amount.unit();
    return amount.few() && !unit.isPartOfDay()
        ? few(i, amount, moment.toLocalDate(), -6)
        : away(i, amount, unit.after(moment, -amount.count()).toLocalDate());
  }

  /**
   * @param least units that are added to the day
   */
  private static NamedTime few(int i, Amount amount, LocalDate day, int least) {
    CalendarUnit unit = amount.unit();
    LocalDate from = unit.after(day, least);
    return new NamedTime(i, amount.end() + 1, from, unit.after(day, least + 5), Grain.SPAN, false);
  }

  private static NamedTime away(int i, Amount amount, LocalDate then) {
    int end = amount.end() + 1;
    return switch (amount.unit()) {
      case MINUTE, HOUR, DAY -> NamedTime.day(i, end, then);
      case HALF_WEEK, WEEK, FORTNIGHT, HALF_MONTH ->
          new NamedTime(i, end, then.minusDays(3), then.plusDays(4), Grain.WEEK, false);
      case MONTH -> {
        LocalDate first = then.withDayOfMonth(1);
        yield new NamedTime(i, end, first, first.plusMonths(1), Grain.MONTH, false);
      }
      case YEAR -> {
        LocalDate first = then.withDayOfYear(1);
        yield new NamedTime(i, end, first, first.plusYears(1), Grain.YEAR, false);
      }
    };
  }
}
