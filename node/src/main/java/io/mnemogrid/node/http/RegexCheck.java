package io.mnemogrid.node.http;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/**
 * Whether a stranger's regular expression is one, and a small one. The time it takes is linear in
 * the text, times the steps that it is compiled to: they are what must have a limit.
 */
final class RegexCheck {
  static final int MAX_CHARS = 256;
  static final int MAX_STEPS = 300;

  /** Of what is repeated, each time is compiled for itself: too much would not even compile. */
  private static final double MAX_STEPS_GUESSED = 20_000;

  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("(\\))?\\{([0-9]+)(?:,([0-9]*))?}");

  private RegexCheck() {}

  /** What would be right, as it completes "must be …"; empty if it is. */
  static Optional<String> complaint(String regex) {
    if (regex.codePointCount(0, regex.length()) > MAX_CHARS) {
      return Optional.of("a regular expression of at most %d characters".formatted(MAX_CHARS));
    }
    if (stepsGuessed(regex) > MAX_STEPS_GUESSED) {
      return Optional.of(tooLarge());
    }
    try {
      return Pattern.compile(regex).programSize() > MAX_STEPS
          ? Optional.of(tooLarge())
          : Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("a regular expression in RE2's syntax (%s)".formatted(reason(e)));
    }
  }

  private static String reason(PatternSyntaxException e) {
    return e.getPattern().equals("stack underflow") ? "unexpected )" : e.getDescription();
  }

  private static String tooLarge() {
    return "a regular expression of at most %d steps: with fewer or smaller repetitions {n}"
        .formatted(MAX_STEPS);
  }

  /** Roughly as many as there can be: what repeats a group multiplies what is inside. */
  private static double stepsGuessed(String regex) {
    double ofGroups = 1;
    double ofOthers = 1;
    for (MatchResult repetition : REPETITION.matcher(regex).results().toList()) {
      double times = Math.max(times(repetition.group(2)), times(repetition.group(3)));
      if (times > MAX_STEPS) {
        return Double.POSITIVE_INFINITY;
      }
      if (repetition.group(1) == null) {
        ofOthers = Math.max(ofOthers, times);
      } else {
        ofGroups *= Math.max(1, times);
      }
    }
    return regex.length() * ofOthers * ofGroups;
  }

  private static double times(@Nullable String digits) {
    return digits == null || digits.isEmpty() ? 0 : Double.parseDouble(digits);
  }
}
