package io.mnemogrid.node.config;

import java.util.Comparator;
import java.util.Set;

/** Guesses which known name was meant by an unknown one. */
final class Spelling {
  private static final int NEAR = 3;

  private Spelling() {}

  /** A question to put behind the complaint, or nothing when no known name is near. */
  static String advice(String name, Set<String> known) {
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= NEAR)
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .map("; did you mean %s?"::formatted)
        .orElse("");
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(diagonal, row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
