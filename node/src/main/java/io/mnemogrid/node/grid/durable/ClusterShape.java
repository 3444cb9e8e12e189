package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
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
  private static final String FILE = "cluster";
  private static final int FORMAT = 1;
  private static final int BYTES = 4 * Integer.BYTES;

  /**
   * The shape that is kept with a node's files; empty if none is.
   *
   * @throws DamagedFileException if it is not what was written
   * @throws IOException if it is of another format
   */
  public static Optional<ClusterShape> read(Disk disk, Path files) throws IOException {
    Optional<byte[]> content = new DurableFile(disk, files.resolve(FILE)).read();
    if (content.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(content.get());
    int format = bytes.getInt();
    if (format != FORMAT || bytes.remaining() != BYTES - Integer.BYTES) {
      throw new IOException(
          "%s is of format %d; this node knows %d".formatted(files.resolve(FILE), format, FORMAT));
    }
    return Optional.of(new ClusterShape(bytes.getInt(), bytes.getInt(), bytes.getInt()));
  }

  /** Keeps it with a node's files, in place of the one that is there. */
  public void write(Disk disk, Path files) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putInt(FORMAT).putInt(partitions).putInt(members).putInt(minReplicas);
    new DurableFile(disk, files.resolve(FILE)).write(bytes.array());
  }
}
