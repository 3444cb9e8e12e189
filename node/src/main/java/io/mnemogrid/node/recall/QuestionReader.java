package io.mnemogrid.node.recall;

import java.time.ZonedDateTime;

final class QuestionReader {
  static QuestionCues read(String question, ZonedDateTime now) {
    return QuestionCues.NONE;
  }
}
