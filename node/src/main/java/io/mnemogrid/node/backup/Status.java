package io.mnemogrid.node.backup;

/** How far a backup or a restore is. */
public enum Status {
  IN_PROGRESS,
  COMPLETED,
  FAILED
}
