package io.mnemogrid.node.recall.question;

import java.util.Set;

/** Words that make the word behind them a time where it could be another word. */
final class TimeLeads {
  private static final Set<String> LEADS =
      Words.set(
          "in of since during until till before after by from through between early mid late");

  private TimeLeads() {}

  static boolean isLed(Words words, int i) {
    return words.has(i) && !words.get(i).startsSentence() && LEADS.contains(words.lower(i - 1));
  }
}
