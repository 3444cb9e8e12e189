package io.mnemogrid.node.embed;

import io.mnemogrid.node.embed.Task.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts windows of similar length together into runs.
 *
 * @param maxWindows in one run
 * @param maxTokens in one run of several windows, padding included; one window alone may have more
 */
record Packing(int maxWindows, int maxTokens) {
  /** A window joins a run while at most one token in this many of the run is padding. */
  private static final int PADDING_SHARE = 8;

  List<Run> pack(List<Window> windows) {
    List<Window> sorted = new ArrayList<>(windows);
    sorted.sort(Comparator.comparingInt(window -> window.length()));
    List<Run> runs = new ArrayList<>();
    List<Window> run = new ArrayList<>();
    int tokens = 0;
    for (Window window : sorted) {
      int width = window.length(); // the longest so far
      int padded = width * (run.size() + 1);
      int padding = padded - tokens - width;
      boolean fits =
          run.size() < maxWindows && padded <= maxTokens && padding * PADDING_SHARE <= padded;
      if (!fits && !run.isEmpty()) {
        runs.add(new Run(List.copyOf(run)));
        run.clear();
        tokens = 0;
      }
      run.add(window);
      tokens += width;
    }
    if (!run.isEmpty()) {
      runs.add(new Run(List.copyOf(run)));
    }
    return runs;
  }
}
