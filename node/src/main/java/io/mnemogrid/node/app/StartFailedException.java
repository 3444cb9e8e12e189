package io.mnemogrid.node.app;

/** A node cannot start for a reason that its operator can mend; the message says how. */
public final class StartFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailedException(String message) {
    super(message);
  }

  StartFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
