package io.mnemogrid.vector;

/**
 * Keeps maintenance away while a snapshot is read. Its monitor is held during a step of
 * maintenance, so holding waits for one step at most.
 */
final class MaintenanceHold {
  private int holders;

  synchronized void hold() {
    holders++;
  }

  synchronized void release() {
    holders--;
  }

  synchronized boolean isHeld() {
    return holders > 0;
  }
}
