package io.mnemogrid.node.http;

import io.mnemogrid.node.model.Memory;
import java.util.List;

/**
 * How long the answer to a read of several memories may be.
 *
 * @param maxBytes of the memories as JSON, about
 */
record AnswerLimit(int maxBytes) {
  private static final int CONTROL_CHARACTERS = 0x20;
  private static final int BYTES_OF_ESCAPED = 6;

  /**
   * Refuses memories that are too long together. Their texts are counted, so that nothing longer is
   * made than is allowed.
   *
   * @param field of the request, by which fewer can be asked for
   * @throws RequestRefused that says for how many
   */
  void require(List<Memory> memories, String field) {
    long bytes = 0;
    for (int i = 0; i < memories.size(); i++) {
      bytes += bytes(memories.get(i));
      if (bytes > maxBytes) {
        throw new RequestRefused(tooLong(i, memories.size(), field));
      }
    }
  }

  private Problem tooLong(int fitting, int found, String field) {
    return Problem.of(
        413,
        "ANSWER_TOO_LARGE",
        "%d memories would be an answer of more than %d bytes (http.maxAnswerBytes); %s"
            .formatted(
                found,
                maxBytes,
                fitting == 0
                    ? "the first alone is longer: read it by its id"
                    : "ask for fewer: '%s' of %d".formatted(field, fitting)));
  }

  private static long bytes(Memory memory) {
    String metadata = memory.metadata();
    long bytes = MemoryJson.BYTES_BESIDE_TEXT + bytes(memory.content());
    bytes += metadata == null ? 0 : bytes(metadata);
    for (String tag : memory.tags()) {
      bytes += bytes(tag);
    }
    return bytes;
  }

  /** Bytes of a text inside JSON, at most. */
  static long bytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < CONTROL_CHARACTERS || Character.isSurrogate(c)) {
        bytes += BYTES_OF_ESCAPED;
      } else if (c < 0x80) {
        bytes += c == '"' || c == '\\' ? 2 : 1;
      } else {
        bytes += c < 0x800 ? 2 : 3;
      }
    }
    return bytes;
  }
}
