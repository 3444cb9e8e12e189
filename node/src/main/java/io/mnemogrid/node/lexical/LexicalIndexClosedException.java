package io.mnemogrid.node.lexical;

/** The index was closed, so it cannot say what it would have found. */
public final class LexicalIndexClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LexicalIndexClosedException() {
    super("the lexical index is closed", null, false, false);
  }
}
