package io.mnemogrid.node.app;

/**
 * The cluster that a node joined has lost most of its members and is formed anew; the node takes
 * part in that when it is started again.
 */
public final class BeginsAnewException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BeginsAnewException(Throwable cause) {
    super("the node has to be started again, as the cluster is formed anew", cause);
  }
}
