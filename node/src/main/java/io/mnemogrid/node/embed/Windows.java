package io.mnemogrid.node.embed;

/**
 * Cuts a text's tokens into windows that the model can read.
 *
 * <p>A text that fits is one window. A longer one becomes several of full length that overlap by at
 * least {@value #OVERLAP_MIN} tokens, up to {@value #WINDOWS_MAX}; a text too long even for these
 * gets the same number spread evenly from its first to its last token, so that every part of it is
 * heard though not every word. A vector that averages still more windows would say next to nothing.
 */
final class Windows {
  static final int WINDOWS_MAX = 8;
  static final int OVERLAP_MIN = 32;
  private static final int SPECIAL = 2;

  private Windows() {}

  /**
   * Cuts one text.
   *
   * @param pieces the text's tokens without special ones
   * @return at least one window, each of at most {@code maxTokens} ids with the special ones
   */
  static int[][] cut(int[] pieces, int maxTokens, Vocabulary vocabulary) {
    int room = maxTokens - SPECIAL;
    int count = countFor(pieces.length, room);
    int[][] windows = new int[count][];
    for (int i = 0; i < count; i++) {
      int from = count == 1 ? 0 : (int) ((long) (pieces.length - room) * i / (count - 1));
      int length = Math.min(room, pieces.length - from);
      int[] window = new int[length + SPECIAL];
      window[0] = vocabulary.open();
      System.arraycopy(pieces, from, window, 1, length);
      window[length + 1] = vocabulary.close();
      windows[i] = window;
    }
    return windows;
  }

  private static int countFor(int pieces, int room) {
    if (pieces <= room) {
      return 1;
    }
    return Math.min(WINDOWS_MAX, Math.ceilDiv(pieces - OVERLAP_MIN, room - OVERLAP_MIN));
  }

  /** Most tokens of a text of which the model reads every one. */
  static int tokensReadInFull(int maxTokens) {
    int room = maxTokens - SPECIAL;
    return WINDOWS_MAX * (room - OVERLAP_MIN) + OVERLAP_MIN;
  }
}
