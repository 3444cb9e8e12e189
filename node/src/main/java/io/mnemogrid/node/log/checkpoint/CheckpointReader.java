package io.mnemogrid.node.log.checkpoint;

import io.mnemogrid.node.log.disk.Damage;
import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads one checkpoint from its begin to its end; every chunk is checked before it is given out.
 */
final class CheckpointReader implements ImageChunks, Closeable {
  private final Path path;
  private final DiskFile file;
  private final long size;
  private final CheckpointHeader header;
  private long at = CheckpointHeader.BYTES;
  private int chunks;
  private long bytes;
  private boolean ended;

  /**
   * @throws DamagedFileException if the header is not what was written
   */
  CheckpointReader(Disk disk, Path path) throws IOException {
    this.path = path;
    this.file = disk.open(path);
    try {
      this.size = file.size();
      this.header = CheckpointHeader.decode(read(0, CheckpointHeader.BYTES), path);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  CheckpointHeader header() {
    return header;
  }

  /**
   * @throws DamagedFileException if what comes next is not what was written
   */
  @Override
  public byte @Nullable [] next() throws IOException {
    if (ended) {
      return null;
    }
    ByteBuffer start = read(at, ChunkLayout.CHUNK_HEADER_BYTES);
    if (start.remaining() < ChunkLayout.CHUNK_HEADER_BYTES) {
      throw damaged("it ends before its trailer");
    }
    int length = start.getInt();
    int checksum = start.getInt();
    if (length == 0) {
      checkTrailer();
      ended = true;
      return null;
    }
    if (length < 0 || at + ChunkLayout.CHUNK_HEADER_BYTES + length > size) {
      throw damaged("chunk %d goes beyond the end of the file".formatted(chunks));
    }
    byte[] chunk = read(at + ChunkLayout.CHUNK_HEADER_BYTES, length).array();
    if (ChunkLayout.checksum(chunks, chunk) != checksum) {
      throw damaged("chunk %d of %d bytes is not what was written".formatted(chunks, length));
    }
    at += ChunkLayout.CHUNK_HEADER_BYTES + length;
    chunks++;
    bytes += length;
    return chunk;
  }

  private void checkTrailer() throws IOException {
    ByteBuffer expected = ChunkLayout.trailer(chunks, bytes);
    if (!read(at, ChunkLayout.TRAILER_BYTES).equals(expected)) {
      throw damaged("the trailer does not fit the %d chunks before it".formatted(chunks));
    }
    if (size != at + ChunkLayout.TRAILER_BYTES) {
      throw damaged("there is something after the trailer");
    }
  }

  private ByteBuffer read(long offset, int length) throws IOException {
    ByteBuffer into = ChunkLayout.buffer((int) Math.max(0, Math.min(length, size - offset)));
    file.read(into, offset);
    return into.flip();
  }

  private DamagedFileException damaged(String what) {
    return new DamagedFileException(new Damage(path, at, what));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
