package io.mnemogrid.node.log.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A small record in a file of its own, which is there as it was written last or not at all. Not for
 * two writers at once.
 *
 * <p>Bytes, little-endian: magic (long), version of this form (int), length of the record (int),
 * CRC-32C of all but itself (int), the record.
 */
public final class DurableFile {
  private static final long MAGIC = 0x3143_4552_4F4D_4E4DL; // "MNMOREC1" in the file
  private static final int VERSION = 1;
  private static final int CHECKSUM = Long.BYTES + 2 * Integer.BYTES;
  private static final int HEADER_BYTES = CHECKSUM + Integer.BYTES;
  private static final int RECORD_BYTES_MAX = 64 << 20;

  private final Disk disk;
  private final Path path;

  public DurableFile(Disk disk, Path path) {
    this.disk = disk;
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /**
   * The record; empty if none was ever written. What this returns is safe from a loss of power,
   * even if the process that wrote it was killed before it was: whoever acts on it must not forget
   * it.
   *
   * @throws DamagedFileException if the file is not what was written
   */
  public Optional<byte[]> read() throws IOException {
    try (DiskFile file = disk.open(path)) {
      long size = file.size();
      if (size < HEADER_BYTES || size > HEADER_BYTES + RECORD_BYTES_MAX) {
        throw damaged("it has %d bytes, and a record's file has from %d", size, HEADER_BYTES);
      }
      ByteBuffer bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
      file.read(bytes, 0);
      bytes.flip();
      byte[] content = decode(bytes);
      file.sync();
      disk.syncFolder(folder());
      return Optional.of(content);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private byte[] decode(ByteBuffer bytes) throws DamagedFileException {
    if (bytes.getLong() != MAGIC) {
      throw damaged("it is not a record");
    }
    int version = bytes.getInt();
    if (version != VERSION) {
      throw damaged("it has version %d, this program reads %d", version, VERSION);
    }
    int length = bytes.getInt();
    if (length != bytes.limit() - HEADER_BYTES) {
      throw damaged("it has %d bytes, and should have %d", bytes.limit(), HEADER_BYTES + length);
    }
    if (bytes.getInt() != checksum(bytes.array())) {
      throw damaged("its checksum is wrong");
    }
    byte[] content = new byte[length];
    bytes.get(content);
    return content;
  }

  /**
   * Puts a record in place of the one that is there; it is safe from a loss of power when this
   * returns.
   */
  public void write(byte[] content) throws IOException {
    if (content.length > RECORD_BYTES_MAX) {
      throw new IllegalArgumentException("a record of %d bytes".formatted(content.length));
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + content.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(MAGIC).putInt(VERSION).putInt(content.length).putInt(0).put(content);
    bytes.putInt(CHECKSUM, checksum(bytes.array())).flip();
    Path draft = sibling(".new");
    disk.delete(draft);
    try (DiskFile file = disk.create(draft)) {
      file.write(bytes, 0);
      file.sync();
    }
    disk.rename(draft, path);
    disk.syncFolder(folder());
  }

  /**
   * Moves a damaged file out of the way, so that it can be looked at.
   *
   * @return where it is
   */
  public Path setAside() throws IOException {
    Path aside = sibling(".damaged");
    disk.rename(path, aside);
    disk.syncFolder(folder());
    return aside;
  }

  private Path folder() {
    Path folder = path.getParent();
    if (folder == null) {
      throw new IllegalStateException(path + " is in no folder");
    }
    return folder;
  }

  private Path sibling(String suffix) {
    return path.resolveSibling(path.getFileName() + suffix);
  }

  private static int checksum(byte[] file) {
    CRC32C sum = new CRC32C();
    sum.update(file, 0, CHECKSUM);
    sum.update(file, HEADER_BYTES, file.length - HEADER_BYTES);
    return (int) sum.getValue();
  }

  private DamagedFileException damaged(String what, Object... values) {
    return new DamagedFileException(new Damage(path, 0, what.formatted(values)));
  }
}
