package io.mnemogrid.node.log.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. One thread writes; another may read or sync at the same time. */
public interface DiskFile extends Closeable {
  /** Writes all that remains in the buffer, from that offset on. */
  void write(ByteBuffer from, long at) throws IOException;

  /**
   * Fills the buffer from that offset on.
   *
   * @return bytes read: fewer than the buffer has room for only at the end of the file
   */
  int read(ByteBuffer into, long at) throws IOException;

  /** Makes all that was written safe from a loss of power, and the size. */
  void sync() throws IOException;

  long size() throws IOException;

  /** Makes the file that long; what is new reads as zeros and takes no space yet. */
  void extend(long size) throws IOException;
}
