package io.mnemogrid.node.backup;

import java.io.IOException;

/** A file of a backup is not as it was written. */
final class DamagedBackupException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param offset of the first byte of what cannot be read
   */
  DamagedBackupException(String file, long offset, String what) {
    super("%s is damaged at byte %d: %s".formatted(file, offset, what));
  }
}
