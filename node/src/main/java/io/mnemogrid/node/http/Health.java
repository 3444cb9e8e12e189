package io.mnemogrid.node.http;

import java.util.List;

/** What the node knows of its own state; asked on event loops, so it must not block. */
public interface Health {
  /** Whether the node has joined and takes requests. */
  boolean ready();

  /** What it waits for, in words; empty when ready. */
  List<String> reasons();

  /** Whether it takes none until it is started anew, because its disk failed. */
  boolean outOfService();

  /**
   * Backups that the node is to keep and does not have whole yet, and those of the parts it owns
   * that no node is to keep yet.
   */
  int replicasMissing();

  /** Members of the cluster, this one included. */
  int clusterSize();

  /** The version of the node's software. */
  String version();
}
