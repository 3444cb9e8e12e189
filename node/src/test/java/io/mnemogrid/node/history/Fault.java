package io.mnemogrid.node.history;

/** What is done to a member, up to where the cluster is whole again. */
public enum Fault {
  /** SIGKILL; another joins in its place. */
  KILL,
  /** SIGKILL, and again as soon as it has joined and parts of the data move to it. */
  KILL_WHILE_JOINING,
  /** SIGTERM: it hands over what it has; then another joins in its place. */
  LEAVE,
  /** SIGSTOP and SIGCONT, before the others take it for dead. */
  PAUSE,
  /** SIGSTOP, and SIGCONT when the others have gone on without it. */
  PAUSE_UNTIL_DROPPED,
  /** All members leave and join again, one after the other. */
  ROLL,
  /** Cut off the network, until the others have gone on without it. */
  CUT
}
