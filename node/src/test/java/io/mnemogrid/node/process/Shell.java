package io.mnemogrid.node.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Commands of the operating system. */
final class Shell {
  private Shell() {}

  /**
   * Runs a command and waits for its end.
   *
   * @throws CommandFailedException if there is no such command, or it does not end with 0
   */
  static void run(String... command) {
    String said = String.join(" ", command);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new CommandFailedException("%s ended with %d: %s".formatted(said, exit, output));
      }
    } catch (IOException e) {
      throw new CommandFailedException(said + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What a command said that could not be run, or failed. */
  static final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandFailedException(String message) {
      super(message);
    }
  }
}
