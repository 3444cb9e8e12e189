package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The newest incarnation of the cluster that a node has agreed to, kept with its files. A start may
 * come to nothing when only some have logged of it; this is how the next one knows that its number
 * is taken. It is what a ballot is in Paxos (Lamport, The Part-Time Parliament, 2.2): whoever
 * begins under one has first had it noted by so many that no later start can do without all of
 * them.
 */
public final class AgreedIncarnation {
  private static final int FORMAT = 1;

  private AgreedIncarnation() {}

  /**
   * That which is kept with a node's files; 0 if none is.
   *
   * @throws DamagedFileException if it is not what was written
   * @throws IOException if it is of another format
   */
  public static int read(Disk disk, Path files) throws IOException {
    return file(disk, files).read().map(numbers -> numbers[0]).orElse(0);
  }

  /** Keeps it with a node's files, in place of the one that is there. */
  public static void write(int incarnation, Disk disk, Path files) throws IOException {
    file(disk, files).write(incarnation);
  }

  private static IntsFile file(Disk disk, Path files) {
    return new IntsFile(disk, files.resolve("incarnation"), FORMAT, 1);
  }
}
