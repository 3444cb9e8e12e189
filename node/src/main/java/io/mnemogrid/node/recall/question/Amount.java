package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.Word.Gap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * So many of a unit: three weeks, twenty-five days, half a year, a week and a half, 2.5 hours, 24h,
 * a couple of months.
 *
 * @param count at least 1
 * @param few whether no number is said, and the count only stands for one
 * @param end behind its last word
 */
record Amount(int count, CalendarUnit unit, boolean few, int end) {
  /** Further away than this, a number of units is not a time that anybody means. */
  private static final int NUMBER_DIGITS = 3;

  private static final int FEW = 3;

  /** Of the number that these begin, what follows is only the rest. */
  private static final Set<String> NUMBER_BEGINNINGS =
      Words.set(
          "half hundred thousand million twenty thirty forty fifty sixty seventy eighty ninety");

  /** The amount that begins with the word, or null. */
  static @Nullable Amount at(Words words, int i) {
    if (!words.has(i) || isRestOfNumber(words, i)) {
      return null;
    }
    int half = words.is(i, "a") ? i + 1 : i;
    if (words.is(half, "half")) {
      boolean ofOne = half == i && isArticle(words.lower(half + 1));
      return half(words, ofOne ? half + 2 : half + 1);
    }
    int at = words.is(i, "a") && isFew(words.lower(i + 1)) ? i + 1 : i;
    if (isFew(words.lower(at))) {
      int unitAt = words.is(at + 1, "of") ? at + 2 : at + 1;
      return of(words, unitAt, FEW, true);
    }
    return counted(words, i);
  }

  /** One of the unit that is named there, or one and a half, or null. */
  static @Nullable Amount one(Words words, int unitAt) {
    return isSingular(words.lower(unitAt)) ? wholeOrHalf(words, unitAt, 1) : null;
  }

  private static @Nullable Amount counted(Words words, int i) {
    Amount joined = joined(words.lower(i), i);
    if (joined != null) {
      return joined;
    }
    int spelled = CalendarWords.number(words.lower(i));
    int more = isTens(spelled) ? CalendarWords.number(words.lower(i + 1)) : -1;
    boolean two = more > 0 && more < 10 && !isArticle(words.lower(i + 1));
    int count = spelled > 0 ? spelled + (two ? more : 0) : words.number(i, NUMBER_DIGITS);
    int behind = two ? i + 2 : i + 1;
    if (isAndAHalf(words, behind)) {
      return halves(words, behind + 3, 2 * count + 1);
    }
    if (spelled < 0 && words.gap(behind) == Gap.DOT && words.is(behind, "5")) {
      return halves(words, behind + 1, 2 * count + 1);
    }
    return wholeOrHalf(words, words.is(behind, "of") ? behind + 1 : behind, count);
  }

  /** 24h, 7d. */
  private static @Nullable Amount joined(String lower, int i) {
    int digits = 0;
    while (digits < lower.length() && Character.isDigit(lower.charAt(digits))) {
      digits++;
    }
    int count = Word.number(lower.substring(0, digits), NUMBER_DIGITS);
    CalendarUnit unit = CalendarUnit.joined(lower.substring(digits));
    return unit == null || count < 1 ? null : new Amount(count, unit, false, i + 1);
  }

  /** Two weeks, or two weeks and a half. */
  private static @Nullable Amount wholeOrHalf(Words words, int unitAt, int count) {
    Amount amount = of(words, unitAt, count, false);
    if (amount == null || !isAndAHalf(words, amount.end())) {
      return amount;
    }
    Amount halves = halves(words, unitAt, 2 * count + 1);
    return halves == null
        ? null
        : new Amount(halves.count(), halves.unit(), false, halves.end() + 3);
  }

  private static @Nullable Amount half(Words words, int unitAt) {
    return isSingular(words.lower(unitAt)) ? halves(words, unitAt, 1) : null;
  }

  private static @Nullable Amount halves(Words words, int unitAt, int count) {
    Amount whole = of(words, unitAt, count, false);
    if (whole == null) {
      return null;
    }
    int end = whole.end();
    return switch (whole.unit()) {
      case HOUR -> new Amount(30 * count, CalendarUnit.MINUTE, false, end);
      case DAY -> new Amount(12 * count, CalendarUnit.HOUR, false, end);
      case WEEK -> new Amount(count, CalendarUnit.HALF_WEEK, false, end);
      case MONTH -> new Amount(count, CalendarUnit.HALF_MONTH, false, end);
      case YEAR -> new Amount(6 * count, CalendarUnit.MONTH, false, end);
      case MINUTE, HALF_WEEK, FORTNIGHT, HALF_MONTH -> null;
    };
  }

  private static @Nullable Amount of(Words words, int unitAt, int count, boolean few) {
    CalendarUnit unit = CalendarUnit.named(words.lower(unitAt));
    if (unit == null || count < 1) {
      return null;
    }
    Gap gap = words.gap(unitAt);
    return gap == Gap.SPACE || gap == Gap.HYPHEN ? new Amount(count, unit, few, unitAt + 1) : null;
  }

  private static boolean isSingular(String unit) {
    return !unit.endsWith("s");
  }

  private static boolean isAndAHalf(Words words, int i) {
    return words.is(i, "and") && words.is(i + 1, "a") && words.is(i + 2, "half");
  }

  /** "1.75 years", "2,500 days" and "a hundred and five days" are not five of anything. */
  private static boolean isRestOfNumber(Words words, int i) {
    if (i == 0) {
      return false;
    }
    Word before = words.get(i - 1);
    Gap gap = words.gap(i);
    boolean adjacent = words.get(i).begin() == before.end() + 1;
    boolean mark = gap == Gap.DOT || (gap == Gap.COMMA && adjacent);
    if (mark && Character.isDigit(before.text().charAt(before.text().length() - 1))) {
      return true;
    }
    String beginning = before.is("and") ? words.lower(i - 2) : before.lower();
    return NUMBER_BEGINNINGS.contains(beginning);
  }

  private static boolean isTens(int number) {
    return number >= 20 && number % 10 == 0;
  }

  private static boolean isArticle(String word) {
    return word.equals("a") || word.equals("an");
  }

  private static boolean isFew(String word) {
    return switch (word) {
      case "few", "couple", "several", "some" -> true;
      default -> false;
    };
  }
}
