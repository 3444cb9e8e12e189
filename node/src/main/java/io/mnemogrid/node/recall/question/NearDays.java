package io.mnemogrid.node.recall.question;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Days that have a word of their own: yesterday, today, tonight, tomorrow. */
final class NearDays {
  private NearDays() {}

  /**
   * The day that the word names, or null.
   *
   * @param today from which it is told
   */
  static @Nullable NamedTime at(Words words, int i, LocalDate today) {
    return switch (words.lower(i)) {
      case "today", "tonight" -> NamedTime.day(i, i + 1, today);
      case "yesterday" -> NamedTime.day(i, i + 1, today.minusDays(1));
      case "tomorrow" -> NamedTime.day(i, i + 1, today.plusDays(1));
      default -> null;
    };
  }
}
