package io.mnemogrid.node.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small file system of its own, in memory, that others can fill. Needs Linux, the program {@code
 * mount} and the right to use it, which root has.
 */
final class SmallDisk implements AutoCloseable {
  private static final int BYTES_AT_A_TIME = 512;

  private final Path folder;
  private final Path others;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.others = folder.resolve("of-others");
  }

  /**
   * Puts one in the place of an empty folder.
   *
   * @param size as mount has it: {@code 8m}
   * @throws Shell.CommandFailedException if this machine does not allow it
   */
  static SmallDisk at(Path folder, String size) {
    String options = "size=" + size;
    Shell.run("mount", "-t", "tmpfs", "-o", options, "mnemogrid-test", folder.toString());
    return new SmallDisk(folder);
  }

  /** Takes all that is free. */
  void fill() {
    try (OutputStream out = Files.newOutputStream(others)) {
      while (true) {
        out.write(new byte[BYTES_AT_A_TIME]);
      }
    } catch (IOException full) {
      // as is wanted
    }
  }

  /** Gives it back. */
  void makeRoom() throws IOException {
    Files.delete(others);
  }

  /** Takes the file system away, though a process may still have files of it open. */
  @Override
  public void close() {
    Shell.run("umount", "--lazy", folder.toString());
  }
}
