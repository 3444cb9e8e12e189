package io.mnemogrid.node.grid.member;

import com.hazelcast.internal.nio.BufferObjectDataOutput;
import com.hazelcast.internal.partition.ChunkSupplier;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.shard.ImageBytes;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

/**
 * The chunks of one image as Hazelcast asks for them, several a message.
 *
 * <p>With the last one the partition is handed off, and nobody answers reads of it before the new
 * owner has taken it in. So of an image with several chunks the last is the checksum alone, in a
 * message of its own: by then the others have been taken in, and little is left to do.
 */
final class ImageChunks implements ChunkSupplier {
  private final long imageId;
  private final List<byte[]> chunks;
  private final Runnable handOff;
  private int number;
  private boolean isMessageBegun;

  /**
   * @param handOff run when the last chunk is given
   */
  ImageChunks(long imageId, List<byte[]> chunks, Runnable handOff) {
    this.imageId = imageId;
    this.chunks = chunks.size() == 1 ? chunks : ImageBytes.withLoneChecksum(chunks);
    this.handOff = handOff;
  }

  /** Called before the first chunk of each message. */
  @Override
  public void signalEndOfChunkWith(Predicate<BufferObjectDataOutput> isFull) {
    isMessageBegun = false;
  }

  @Override
  public boolean hasNext() {
    return number < chunks.size();
  }

  /** The next chunk, or null where the message ends and more is to come in another. */
  @Override
  @SuppressWarnings("NullAway") // that is what null means to Hazelcast
  public Operation next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    boolean last = number == chunks.size() - 1;
    if (last && isMessageBegun) {
      return null;
    }
    isMessageBegun = true;
    if (last) {
      handOff.run();
    }
    byte[] chunk = chunks.get(number);
    return new ImageChunkOperation(imageId, number++, last, chunk);
  }
}
