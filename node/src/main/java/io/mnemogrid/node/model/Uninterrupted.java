package io.mnemogrid.node.model;

/** Waits that no interrupt cuts: whoever waits finds himself interrupted once they are over. */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** Waits for the end of a thread, so that what it works on can be freed. */
  public static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
