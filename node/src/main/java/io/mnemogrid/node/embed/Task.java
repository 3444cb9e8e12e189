package io.mnemogrid.node.embed;

import java.util.List;

/** What an embedding thread does next. */
sealed interface Task {
  /** Ends the requests that the task belongs to. */
  void fail(Throwable cause);

  /**
   * Texts that are to be tokenized and cut into windows.
   *
   * @param texts positions in the request
   */
  record Slice(Request request, List<Integer> texts) implements Task {
    @Override
    public void fail(Throwable cause) {
      request.fail(cause);
    }
  }

  /** Windows that the model reads in one call; all of one request. */
  record Run(List<Window> windows) implements Task {
    @Override
    public void fail(Throwable cause) {
      windows.forEach(window -> window.passage().fail(cause));
    }
  }
}
