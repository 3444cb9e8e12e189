package io.mnemogrid.node.embed;

import java.util.List;

/** What a thread that runs models does next. */
sealed interface Task {
  /** What the task is part of. */
  Reading reading();

  /** Ends the requests that the task belongs to. */
  void fail(Throwable cause);

  /**
   * Texts that are to be tokenized and cut into windows.
   *
   * @param texts positions in the request
   */
  record Slice(Request request, List<Integer> texts) implements Task {
    @Override
    public Reading reading() {
      return request.reading();
    }

    @Override
    public void fail(Throwable cause) {
      request.fail(cause);
    }
  }

  /** Windows that the model reads in one call; at least one, and all of one request. */
  record Run(List<Window> windows) implements Task {
    @Override
    public Reading reading() {
      return windows.getFirst().passage().reading();
    }

    @Override
    public void fail(Throwable cause) {
      windows.forEach(window -> window.passage().fail(cause));
    }
  }
}
