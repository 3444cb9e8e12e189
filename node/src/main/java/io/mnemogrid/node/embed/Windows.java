package io.mnemogrid.node.embed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a text's tokens into windows that a model can read, each with the model's prefix ahead and
 * its special tokens around.
 *
 * <p>A text that fits is one window. A longer one becomes several of full length that overlap by at
 * least {@value #OVERLAP_MIN} tokens, up to {@value #WINDOWS_MAX}; a text too long even for these
 * gets the same number spread evenly from its first to its last token, so that every part of it is
 * heard though not every word. A vector that averages still more windows would say next to nothing.
 */
final class Windows {
  static final int WINDOWS_MAX = 8;
  static final int OVERLAP_MIN = 32;
  static final int ROOM_MIN = 2 * OVERLAP_MIN;

  private final int[] head;
  private final int[] tail;
  private final int room;

  /**
   * @param maxTokens in a window, prefix and special tokens included; at least {@link #leastTokens}
   * @param prefix tokens of the words that stand before every window's text
   */
  Windows(Template template, int maxTokens, int[] prefix) {
    if (maxTokens < leastTokens(template, prefix)) {
      throw new IllegalArgumentException("no room in %d tokens".formatted(maxTokens));
    }
    head = Arrays.copyOf(template.head(), template.head().length + prefix.length);
    System.arraycopy(prefix, 0, head, template.head().length, prefix.length);
    tail = template.tail();
    room = maxTokens - head.length - tail.length;
  }

  /** Tokens of a window below which windows would be all prefix and overlap. */
  static int leastTokens(Template template, int[] prefix) {
    return template.length() + prefix.length + ROOM_MIN;
  }

  /**
   * Cuts one text.
   *
   * @param pieces the text's tokens without special ones
   */
  Cut cut(int[] pieces) {
    int count = countFor(pieces.length);
    List<Tokens> windows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = count == 1 ? 0 : (int) ((long) (pieces.length - room) * i / (count - 1));
      int length = Math.min(room, pieces.length - from);
      int[] window = new int[head.length + length + tail.length];
      System.arraycopy(head, 0, window, 0, head.length);
      System.arraycopy(pieces, from, window, head.length, length);
      System.arraycopy(tail, 0, window, head.length + length, tail.length);
      windows.add(Tokens.of(window));
    }
    return new Cut(windows, pieces.length <= tokensReadInFull());
  }

  private int countFor(int pieces) {
    if (pieces <= room) {
      return 1;
    }
    return Math.min(WINDOWS_MAX, Math.ceilDiv(pieces - OVERLAP_MIN, room - OVERLAP_MIN));
  }

  /** Most tokens of a text of which the model reads every one. */
  int tokensReadInFull() {
    return WINDOWS_MAX * (room - OVERLAP_MIN) + OVERLAP_MIN;
  }
}
