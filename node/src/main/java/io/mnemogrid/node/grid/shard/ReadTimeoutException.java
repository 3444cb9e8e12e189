package io.mnemogrid.node.grid.shard;

/** A read has taken as long as it may: its filter costs more than there is time for. */
public final class ReadTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ReadTimeoutException() {
    super("the read took too long", null, false, false);
  }
}
