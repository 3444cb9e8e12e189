package io.mnemogrid.node.log;

/** When an append is confirmed, and what it then survives. */
public enum FsyncPolicy {
  /**
   * Confirmed once given to the operating system, which writes it to the disk in its own time:
   * survives the end of the process, and of all processes, in any way; not a loss of power.
   */
  OS(0),
  /**
   * As {@link #OS}, and synced after an interval: a loss of power takes at most what was confirmed
   * within about one interval before it.
   */
  GROUP(1),
  /** Confirmed once synced, together with all that came meanwhile: survives a loss of power. */
  COMMIT(2);

  private final int code;

  FsyncPolicy(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static FsyncPolicy of(int code) {
    return switch (code) {
      case 0 -> OS;
      case 1 -> GROUP;
      case 2 -> COMMIT;
      default -> throw new IllegalArgumentException("no fsync policy has the code " + code);
    };
  }
}
