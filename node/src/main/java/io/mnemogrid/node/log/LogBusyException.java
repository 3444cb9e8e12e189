package io.mnemogrid.node.log;

/** More waits to be written than may; try again later. */
public final class LogBusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LogBusyException(long queuedBytes, long limitBytes) {
    super(
        "%,d bytes wait to be written to the log, and no more than %,d may"
            .formatted(queuedBytes, limitBytes),
        null,
        false,
        false);
  }
}
