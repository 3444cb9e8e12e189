package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** A few numbers in a file of their own: the format (int), then these (int each). */
final class IntsFile {
  private final Disk disk;
  private final Path path;
  private final int format;
  private final int count;

  IntsFile(Disk disk, Path path, int format, int count) {
    this.disk = disk;
    this.path = path;
    this.format = format;
    this.count = count;
  }

  /**
   * The numbers; empty if none were ever written.
   *
   * @throws DamagedFileException if they are not what was written
   * @throws IOException if they are of another format
   */
  Optional<int[]> read() throws IOException {
    Optional<byte[]> content = new DurableFile(disk, path).read();
    if (content.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(content.get());
    int stored = bytes.getInt();
    if (stored != format || bytes.remaining() != count * Integer.BYTES) {
      throw new IOException(
          "%s is of format %d; this node knows %d".formatted(path, stored, format));
    }
    int[] numbers = new int[count];
    bytes.asIntBuffer().get(numbers);
    return Optional.of(numbers);
  }

  /** Keeps these in place of those that are there. */
  void write(int... numbers) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((1 + count) * Integer.BYTES);
    bytes.putInt(format).asIntBuffer().put(numbers);
    new DurableFile(disk, path).write(bytes.array());
  }
}
