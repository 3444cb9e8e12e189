package io.mnemogrid.node.recall.question;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Codes in a question: INC-2003, E1042, 3f9a2c, 48151. They are found letter by letter or not at
 * all, since no model knows what they mean.
 */
final class Codes {
  private static final Pattern CODE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])"
              + "(?:\\p{L}+[-_#/.]?\\p{N}[\\p{L}\\p{N}]*|\\p{N}+\\p{L}+\\p{N}[\\p{L}\\p{N}]*|\\p{N}{5,})"
              + "(?![\\p{L}\\p{N}])");

  private Codes() {}

  /**
   * @param times that the question names, in which there are none
   */
  static boolean areIn(String question, List<TimeCue> times) {
    return CODE.matcher(question).results().anyMatch(code -> !isInOne(question, code, times));
  }

  private static boolean isInOne(String question, MatchResult code, List<TimeCue> times) {
    return times.stream()
        .anyMatch(time -> {
          int begin = question.indexOf(time.text());
          return begin <= code.start() && code.start() < begin + time.text().length();
        });
  }
}
