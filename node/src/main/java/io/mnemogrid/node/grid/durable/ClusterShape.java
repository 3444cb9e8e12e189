package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a cluster was set to when a node's files were written. On it hangs from how many members the
 * cluster can go on, so it is kept with them.
 *
 * @param partitions of the cluster
 * @param members it has when it is whole
 * @param minReplicas copies that a write was on before it was answered
 */
public record ClusterShape(int partitions, int members, int minReplicas) {
  /**
   * Another one too when shards are placed in other partitions: files do not say where they are.
   */
  private static final int FORMAT = 2;

  /**
   * The shape that is kept with a node's files; empty if none is.
   *
   * @throws DamagedFileException if it is not what was written
   * @throws IOException if it is of another format
   */
  public static Optional<ClusterShape> read(Disk disk, Path files) throws IOException {
    return file(disk, files)
        .read()
        .map(numbers -> new ClusterShape(numbers[0], numbers[1], numbers[2]));
  }

  /** Keeps it with a node's files, in place of the one that is there. */
  public void write(Disk disk, Path files) throws IOException {
    file(disk, files).write(partitions, members, minReplicas);
  }

  private static IntsFile file(Disk disk, Path files) {
    return new IntsFile(disk, files.resolve("cluster"), FORMAT, 3);
  }
}
