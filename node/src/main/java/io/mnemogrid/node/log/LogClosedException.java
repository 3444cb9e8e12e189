package io.mnemogrid.node.log;

/** The log was closed: the node stops. */
public final class LogClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogClosedException() {
    super("the log is closed", null, false, false);
  }
}
