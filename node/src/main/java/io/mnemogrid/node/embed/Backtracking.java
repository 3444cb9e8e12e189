package io.mnemogrid.node.embed;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often a regular expression may try again. One that repeats a group which can take the same
 * text in several ways, as {@code (a+)+} and {@code (a|a)*}, may try as many as there are to divide
 * a text, which is exponential in its length; others are polynomial.
 */
final class Backtracking {
  private Backtracking() {}

  /** Whether a group with a repetition or a choice in it is repeated without an upper bound. */
  static boolean isUnbounded(String regex) {
    Deque<Boolean> outer = new ArrayDeque<>();
    boolean manyWays = false; // in the group that is open
    int i = 0;
    while (i < regex.length()) {
      switch (regex.charAt(i)) {
        case '\\' -> i++;
        case '[' -> i = classEnd(regex, i);
        case '(' -> {
          outer.push(manyWays);
          manyWays = false;
        }
        case ')' -> {
          if (manyWays && isRepetition(regex, i + 1)) {
            return true;
          }
          manyWays |= !outer.isEmpty() && outer.pop();
        }
        case '|' -> manyWays = true;
        default -> manyWays |= isRepetition(regex, i);
      }
      i++;
    }
    return false;
  }

  /** Without an upper bound: {@code *}, {@code +}, {@code {2,}}. */
  private static boolean isRepetition(String regex, int at) {
    if (at >= regex.length()) {
      return false;
    }
    return switch (regex.charAt(at)) {
      case '*', '+' -> true;
      case '{' -> {
        int end = regex.indexOf('}', at);
        yield end > 0 && regex.charAt(end - 1) == ',';
      }
      default -> false;
    };
  }

  /** Classes may be inside classes. */
  private static int classEnd(String regex, int begin) {
    int depth = 0;
    for (int i = begin; i < regex.length(); i++) {
      switch (regex.charAt(i)) {
        case '\\' -> i++;
        case '[' -> depth++;
        case ']' -> depth--;
        default -> {}
      }
      if (depth == 0) {
        return i;
      }
    }
    return regex.length();
  }
}
