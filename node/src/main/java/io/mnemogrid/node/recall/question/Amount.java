package io.mnemogrid.node.recall.question;

import io.mnemogrid.node.recall.question.Word.Gap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * So many of a unit: three weeks, twenty-five days, half a year, a couple of months.
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
    if (words.is(i, "half")) {
      return isArticle(words.lower(i + 1)) ? halves(words, i + 2, 1) : null;
    }
    int at = words.is(i, "a") && isFew(words.lower(i + 1)) ? i + 1 : i;
    if (isFew(words.lower(at))) {
      int unitAt = words.is(at + 1, "of") ? at + 2 : at + 1;
      return of(words, unitAt, FEW, true);
    }
    int spelled = CalendarWords.number(words.lower(i));
    int more = isTens(spelled) ? CalendarWords.number(words.lower(i + 1)) : -1;
    boolean two = more > 0 && more < 10 && !isArticle(words.lower(i + 1));
    int count = spelled > 0 ? spelled + (two ? more : 0) : words.number(i, NUMBER_DIGITS);
    int unitAt = two ? i + 2 : i + 1;
    if (words.is(unitAt, "of")) {
      unitAt++;
    }
    Amount amount = of(words, unitAt, count, false);
    return amount != null && isAndAHalf(words, amount.end())
        ? andAHalf(words, unitAt, count)
        : amount;
  }

  private static @Nullable Amount of(Words words, int unitAt, int count, boolean few) {
    CalendarUnit unit = CalendarUnit.named(words.lower(unitAt));
    if (unit == null || count < 1) {
      return null;
    }
    Gap gap = words.gap(unitAt);
    return gap == Gap.SPACE || gap == Gap.HYPHEN ? new Amount(count, unit, few, unitAt + 1) : null;
  }

  private static @Nullable Amount andAHalf(Words words, int unitAt, int count) {
    Amount halves = halves(words, unitAt, 2 * count + 1);
    return halves == null
        ? null
        : new Amount(halves.count(), halves.unit(), false, halves.end() + 3);
  }

  /** Only of units of which a half is a number of another. */
  private static @Nullable Amount halves(Words words, int unitAt, int count) {
    return switch (CalendarUnit.named(words.lower(unitAt))) {
      case HOUR -> new Amount(30 * count, CalendarUnit.MINUTE, false, unitAt + 1);
      case DAY -> new Amount(12 * count, CalendarUnit.HOUR, false, unitAt + 1);
      case YEAR -> new Amount(6 * count, CalendarUnit.MONTH, false, unitAt + 1);
      case MINUTE, WEEK, FORTNIGHT, MONTH -> null;
      case null -> null;
    };
  }

  private static boolean isAndAHalf(Words words, int i) {
    return words.is(i, "and") && words.is(i + 1, "a") && words.is(i + 2, "half");
  }

  /** "1.5 years", "2,500 days" and "a hundred and five days" are not five of anything. */
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
