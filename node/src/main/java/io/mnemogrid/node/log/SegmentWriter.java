package io.mnemogrid.node.log;

import io.mnemogrid.node.log.FrameLayout.Header;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A segment that is being written. One thread writes; another may sync. */
final class SegmentWriter implements Closeable {
  private final DiskFile file;
  private final Path path;
  private final SegmentHeader header;
  private final ByteBuffer buffer;
  private final Map<Integer, Long> lastOrdinals = new HashMap<>();
  private volatile long written = SegmentHeader.BYTES;

  private SegmentWriter(DiskFile file, Path path, SegmentHeader header, ByteBuffer buffer) {
    this.file = file;
    this.path = path;
    this.header = header;
    this.buffer = buffer;
  }

  /**
   * Makes a segment; until it is synced, and the folder, a loss of power may take it.
   *
   * @param buffer empty, little-endian, with room for a header; the writer's from now on
   */
  static SegmentWriter create(Disk disk, Path folder, SegmentHeader header, ByteBuffer buffer)
      throws IOException {
    Path path = SegmentFiles.of(folder, header.number());
    DiskFile file = disk.create(path);
    try {
      file.extend(header.capacity());
      file.write(header.encode(), 0);
    } catch (IOException e) {
      file.close();
      disk.delete(path); // else a node that cannot start would leave one at each try
      throw e;
    }
    return new SegmentWriter(file, path, header, buffer);
  }

  long number() {
    return header.number();
  }

  /** Where the next frame goes. */
  LogPosition end() {
    return new LogPosition(number(), offset());
  }

  private long offset() {
    return written + buffer.position();
  }

  boolean hasRoomFor(long bytes) {
    return offset() + bytes <= header.capacity();
  }

  void put(Append append) throws IOException {
    put(append.header(), append.payload());
    lastOrdinals.put(append.partition(), append.ordinal());
  }

  /** Puts a frame into the buffer, and writes the buffer as it gets full. */
  void put(Header frame, byte[] payload) throws IOException {
    makeRoom(FrameLayout.HEADER_BYTES);
    long offset = offset();
    FrameLayout.put(frame, header.salt(), offset, buffer);
    int copied = 0;
    while (copied < payload.length) {
      makeRoom(1);
      int part = Math.min(payload.length - copied, buffer.remaining());
      buffer.put(payload, copied, part);
      copied += part;
    }
    makeRoom(FrameLayout.ALIGNMENT);
    buffer.put(FrameLayout.END_MARK);
    while (offset() < offset + frame.frameBytes()) {
      buffer.put((byte) 0);
    }
  }

  private void makeRoom(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
  }

  /** Gives all frames to the operating system. */
  void flush() throws IOException {
    int bytes = buffer.position();
    if (bytes > 0) {
      file.write(buffer.flip(), written);
      buffer.clear();
      written += bytes;
    }
  }

  /** Up to where frames were given to the operating system; any thread. */
  LogPosition written() {
    return new LogPosition(number(), written);
  }

  void sync() throws IOException {
    file.sync();
  }

  /** What the segment holds, once nothing more is put into it. */
  Retention.Use use() {
    return new Retention.Use(number(), path, written, Map.copyOf(lastOrdinals));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
