package io.mnemogrid.node.http;

/** A request that the HTTP layer itself turns down, before any use case sees it. */
final class RequestRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Problem problem;

  RequestRefused(Problem problem) {
    super(
        problem.error(), null, false, false); // an expected outcome: a stack trace would only cost
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
