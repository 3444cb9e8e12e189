package io.mnemogrid.node.embed;

import java.util.concurrent.atomic.AtomicInteger;

/** One text of a request, waiting for the results of its windows. */
final class Passage {
  private final Request request;
  private final int index;
  private final float[][] windows;
  private final AtomicInteger missing;

  Passage(Request request, int index, int windows) {
    this.request = request;
    this.index = index;
    this.windows = new float[windows][];
    missing = new AtomicInteger(windows);
  }

  Reading reading() {
    return request.reading();
  }

  /** Takes the result of one window; the last one to come makes the text's result. */
  void put(int window, float[] result) {
    windows[window] = result;
    if (missing.decrementAndGet() == 0) {
      request.put(index, pooled());
    }
  }

  void fail(Throwable cause) {
    request.fail(cause);
  }

  private float[] pooled() {
    if (windows.length == 1) {
      return windows[0];
    }
    // Summed in the order of the text, not of arrival: the same text gives the same bits.
    float[] sum = new float[windows[0].length];
    for (float[] window : windows) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += window[i];
      }
    }
    return UnitLength.scale(sum) ? sum : windows[0];
  }
}
