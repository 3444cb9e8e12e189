package io.mnemogrid.perf;

/** A node of a cluster that comes and goes. */
interface ClusterNode extends AutoCloseable {
  /** Waits until it is ready, in a cluster of this size. */
  void awaitReady(int clusterSize);

  /** Where it answers, once it is ready. */
  String url();

  /** Has the node hand over what it has, and waits until it has ended. */
  void leave();

  /** Ends it however it can be ended. */
  @Override
  void close();
}
