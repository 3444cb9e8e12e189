package io.mnemogrid.node.log;

import java.io.IOException;
import java.nio.file.Path;

/** The log could not be written or synced, and takes nothing more. */
public final class LogFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  LogFailedException(Path folder, Throwable cause) {
    super("the log in %s failed: %s".formatted(folder, cause), cause);
  }
}
