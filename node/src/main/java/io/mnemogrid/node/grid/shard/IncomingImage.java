package io.mnemogrid.node.grid.shard;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An image that is read while its chunks come, so that little is left to do when the last is there.
 *
 * <p>Its reader has a virtual thread, as it has to wait for the next chunk in the middle of
 * anything. It works only while one of the methods waits for it, so these are as good as the reader
 * itself on the thread that calls them. To be closed.
 *
 * @param <T> what is read
 */
public final class IncomingImage<T extends AutoCloseable> implements AutoCloseable {
  private final CRC32C checksum = new CRC32C();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // All under the lock.
  private byte @Nullable [] next;
  private int nextEnd;
  private boolean isReaderIdle;
  private boolean isOver;
  private boolean isReaderDone;
  private @Nullable T image;
  private @Nullable Throwable failure;

  private IncomingImage() {}

  /** Begins to wait for an image. */
  public static <T extends AutoCloseable> IncomingImage<T> readBy(Reader<T> reader) {
    IncomingImage<T> incoming = new IncomingImage<>();
    Thread.ofVirtual().name("mnemogrid-image").start(() -> incoming.read(reader));
    return incoming;
  }

  /**
   * Reads an image.
   *
   * @param <T> what it makes of it
   */
  public interface Reader<T> {
    /**
     * @throws IOException if it is damaged, or ends too early; nothing is held then
     */
    T read(DataInput in) throws IOException;
  }

  /**
   * Takes a chunk that others follow, and waits until it is read.
   *
   * @throws IOException if it cannot be
   */
  public void accept(byte[] chunk) throws IOException {
    give(chunk, chunk.length);
    requireNoFailure();
  }

  /**
   * Takes the last chunk, and waits until everything is read.
   *
   * @return the image, which is the caller's
   * @throws IOException if it could not be read, or the checksum at its end does not hold
   */
  public T finish(byte[] last) throws IOException {
    int end = last.length - ImageBytes.CHECKSUM_BYTES;
    if (end < 0) {
      throw new IOException("an image ends before its checksum");
    }
    give(last, end);
    if (ByteBuffer.wrap(last).getLong(end) != checksum.getValue()) {
      throw new IOException("an image's checksum does not hold");
    }
    T finished = end();
    requireNoFailure();
    if (finished == null) {
      throw new IllegalStateException("an image is finished once");
    }
    return finished;
  }

  /** Gives up what was not finished. */
  @Override
  public void close() {
    T unfinished = end();
    if (unfinished != null) {
      try {
        unfinished.close();
      } catch (Exception e) {
        throw new IllegalStateException("an image could not be closed", e);
      }
    }
  }

  private void requireNoFailure() throws IOException {
    lock.lock();
    try {
      if (failure != null) {
        throw new IOException("an image could not be read: " + failure.getMessage(), failure);
      }
    } finally {
      lock.unlock();
    }
  }

  private void give(byte[] chunk, int end) {
    checksum.update(chunk, 0, end);
    lock.lock();
    try {
      next = chunk;
      nextEnd = end;
      changed.signalAll();
      while (!isReaderDone && (next != null || !isReaderIdle)) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets the reader come to its end; answers what it has read, once. */
  private @Nullable T end() {
    lock.lock();
    try {
      isOver = true;
      changed.signalAll();
      while (!isReaderDone) {
        changed.awaitUninterruptibly();
      }
      T present = image;
      image = null;
      return present;
    } finally {
      lock.unlock();
    }
  }

  private void read(Reader<T> reader) {
    T result = null;
    Throwable thrown = null;
    try {
      result = reader.read(new DataInputStream(new Chunks()));
    } catch (Throwable e) { // whatever it is, somebody waits for it
      thrown = e;
    }
    lock.lock();
    try {
      image = result;
      failure = thrown;
      isReaderDone = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The chunks as the reader sees them. */
  private final class Chunks extends InputStream {
    private byte[] chunk = {};
    private int at;
    private int end;

    @Override
    public int read() {
      return at < end || takeNext() ? chunk[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (length == 0) {
        return 0;
      }
      if (at == end && !takeNext()) {
        return -1;
      }
      int part = Math.min(length, end - at);
      System.arraycopy(chunk, at, into, from, part);
      at += part;
      return part;
    }

    /** Waits for a chunk with something in it. */
    private boolean takeNext() {
      lock.lock();
      try {
        while (at == end) {
          byte[] present = awaitNext();
          if (present == null) {
            return false;
          }
          chunk = present;
          at = 0;
          end = nextEnd;
        }
        return true;
      } finally {
        lock.unlock();
      }
    }

    private byte @Nullable [] awaitNext() {
      isReaderIdle = true;
      changed.signalAll();
      while (next == null && !isOver) {
        changed.awaitUninterruptibly();
      }
      byte[] present = next;
      next = null;
      isReaderIdle = false;
      return present;
    }
  }
}
