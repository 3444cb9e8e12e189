package io.mnemogrid.node.log;

import io.mnemogrid.node.log.FrameLayout.Header;
import io.mnemogrid.node.log.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Reads the frames of one segment, and finds the next one after what is none. */
final class SegmentReader {
  private static final int WINDOW_BYTES = 1 << 20;

  private final DiskFile file;
  private final SegmentHeader header;
  private final long size;
  private ByteBuffer window;
  private long windowAt;

  SegmentReader(DiskFile file, SegmentHeader header) throws IOException {
    this.file = file;
    this.header = header;
    this.size = Math.min(file.size(), header.capacity());
    this.window = buffer(Math.min(WINDOW_BYTES, size)).limit(0);
  }

  /**
   * A frame whose header is sound.
   *
   * @param payload null if it is not what was written
   */
  record Frame(Header header, byte @Nullable [] payload) {
    long bytes() {
      return header.frameBytes();
    }
  }

  SegmentHeader segment() {
    return header;
  }

  /** Where the file ends, or the segment. */
  long size() {
    return size;
  }

  /** Whether the file is shorter than it was made. */
  boolean isCut() {
    return size < header.capacity();
  }

  /** The frame at that offset; null if there is none. */
  @Nullable Frame frame(long offset) throws IOException {
    Header found = header(offset);
    if (found == null || !holds(offset, found.frameBytes())) {
      return null;
    }
    byte[] payload = new byte[found.length()];
    window.get(inWindow(offset) + FrameLayout.HEADER_BYTES, payload);
    return new Frame(
        found, FrameLayout.checksum(payload) == found.payloadChecksum() ? payload : null);
  }

  /** The header at that offset, if it is sound; the rest of the frame may be cut off. */
  @Nullable Header header(long offset) throws IOException {
    if (!holds(offset, FrameLayout.HEADER_BYTES)
        || !FrameLayout.isSound(window, inWindow(offset), header.salt(), offset)) {
      return null;
    }
    return FrameLayout.get(window, inWindow(offset));
  }

  /** The next offset from that one on where a frame's header is sound; -1 if there is none. */
  long nextSound(long from) throws IOException {
    for (long at = FrameLayout.align(from);
        at + FrameLayout.HEADER_BYTES <= size;
        at += FrameLayout.ALIGNMENT) {
      if (header(at) != null) {
        return at;
      }
    }
    return -1;
  }

  /** Whether there are only zeros from that offset on. */
  boolean isBlank(long from) throws IOException {
    long at = from;
    while (holds(at, Long.BYTES)) {
      if (window.getLong(inWindow(at)) != 0) {
        return false;
      }
      at += Long.BYTES;
    }
    while (holds(at, 1)) {
      if (window.get(inWindow(at)) != 0) {
        return false;
      }
      at++;
    }
    return true;
  }

  private int inWindow(long offset) {
    return (int) (offset - windowAt);
  }

  /** Brings bytes into the window; false if the segment ends before they do. */
  private boolean holds(long offset, long bytes) throws IOException {
    if (offset + bytes > size) {
      return false;
    }
    if (offset < windowAt || offset + bytes > windowAt + window.limit()) {
      if (bytes > window.capacity()) {
        window = buffer(bytes);
      }
      windowAt = offset;
      window.clear().limit((int) Math.min(window.capacity(), size - offset));
      file.read(window, offset);
      window.flip();
    }
    return offset + bytes <= windowAt + window.limit();
  }

  private static ByteBuffer buffer(long bytes) {
    return ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
