package io.mnemogrid.perf.ann;

/** An engine that needs what this machine does not have. */
final class EngineMissingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  EngineMissingException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
