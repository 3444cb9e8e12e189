package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which cluster a node's files are of, and what that was set to when they were written. On it hangs
 * from how many members the cluster can go on, so it is kept with them.
 *
 * @param cluster drawn when it was formed first
 * @param partitions of the cluster
 * @param members it has when it is whole
 * @param minReplicas copies that a write was on before it was answered
 */
public record ClusterShape(long cluster, int partitions, int members, int minReplicas) {
  /**
   * Another one too when shards are placed in other partitions: files do not say where they are.
   */
  private static final int FORMAT = 3;

  /**
   * The shape that is kept with a node's files; empty if none is.
   *
   * @throws DamagedFileException if it is not what was written
   * @throws IOException if it is of another format
   */
  public static Optional<ClusterShape> read(Disk disk, Path files) throws IOException {
    return file(disk, files)
        .read()
        .map(numbers ->
            new ClusterShape(
                (long) numbers[0] << Integer.SIZE | numbers[1] & 0xFFFF_FFFFL,
                numbers[2],
                numbers[3],
                numbers[4]));
  }

  /** Keeps it with a node's files, in place of the one that is there. */
  public void write(Disk disk, Path files) throws IOException {
    file(disk, files)
        .write((int) (cluster >>> Integer.SIZE), (int) cluster, partitions, members, minReplicas);
  }

  private static IntsFile file(Disk disk, Path files) {
    return new IntsFile(disk, files.resolve("cluster"), FORMAT, 5);
  }
}
