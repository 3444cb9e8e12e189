package io.mnemogrid.node.grid.member;

import com.hazelcast.internal.partition.ChunkSupplier;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.registry.RegistryTable;
import io.mnemogrid.node.grid.shard.ImageBytes;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.PartitionImage;
import java.io.DataInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Partitions on their way to other members, as chunks of one image. The image is made at once, on
 * the partition's thread, so it is of one moment; a copy counts only when its last chunk has come
 * and the checksum holds.
 */
public final class ImageTransfer {
  private static final int CHUNK_BYTES = 1 << 20;

  private final GridService service;
  private final AtomicReferenceArray<@Nullable Incoming> incoming;
  private final AtomicIntegerArray failed;

  ImageTransfer(GridService service) {
    this.service = service;
    this.incoming = new AtomicReferenceArray<>(service.partitionCount());
    this.failed = new AtomicIntegerArray(service.partitionCount());
  }

  /** The chunks that came so far of an image. */
  private record Incoming(long imageId, List<byte[]> chunks) {}

  ChunkSupplier newSupplier(int partitionId, int replicaIndex) {
    List<byte[]> chunks = image(partitionId);
    return new Chunks(
        service.container(partitionId),
        ThreadLocalRandom.current().nextLong(),
        chunks,
        replicaIndex == 0);
  }

  /** The image as one operation, where Hazelcast is set to migrate without chunks. */
  Operation whole(int partitionId, int replicaIndex) {
    List<byte[]> chunks = image(partitionId, Integer.MAX_VALUE - Long.BYTES);
    if (replicaIndex == 0) {
      service.container(partitionId).handedOff(true);
    }
    return new ImageChunkOperation(
        ThreadLocalRandom.current().nextLong(), 0, true, chunks.getFirst());
  }

  /** The image of a partition as it is now, in chunks; on the partition's thread. */
  List<byte[]> image(int partitionId) {
    return image(partitionId, CHUNK_BYTES);
  }

  private List<byte[]> image(int partitionId, int chunkBytes) {
    try {
      ImageBytes.Writer out = new ImageBytes.Writer(chunkBytes);
      PartitionImage.write(service.container(partitionId), out.data());
      boolean withRegistry = service.isRegistryPartition(partitionId);
      out.data().writeBoolean(withRegistry);
      if (withRegistry) {
        service.registryTable().writeTo(out.data());
      }
      return out.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes in a chunk; with the last one the image is installed. On the partition's thread.
   *
   * <p>When a backup is brought up to date, Hazelcast counts it as whole after each message,
   * whatever became of it. So whenever it is not, that is said after Hazelcast has said otherwise.
   */
  void accept(int partitionId, ImageChunkOperation chunk) throws IOException {
    boolean whole = false;
    try {
      whole = take(partitionId, chunk);
    } finally {
      int replica = chunk.getReplicaIndex();
      if (!whole && replica > 0) {
        service
            .onPartitionThread(partitionId)
            .execute(() -> {
              if (incoming.get(partitionId) != null || isFailed(partitionId)) {
                new ReplicaRepair(service.engine()).markUnsound(partitionId, replica);
              }
            });
      }
    }
  }

  private boolean isFailed(int partitionId) {
    return failed.get(partitionId) != 0;
  }

  /** Whether the image is whole with this chunk. */
  private boolean take(int partitionId, ImageChunkOperation chunk) throws IOException {
    failed.set(partitionId, 1);
    Incoming present = incoming.get(partitionId);
    if (chunk.number() == 0) {
      present = new Incoming(chunk.imageId(), new ArrayList<>());
      incoming.set(partitionId, present);
    }
    if (present == null
        || present.imageId() != chunk.imageId()
        || present.chunks().size() != chunk.number()) {
      throw new IOException(
          "chunk %d of an image came out of turn; the copy starts again".formatted(chunk.number()));
    }
    present.chunks().add(chunk.bytes());
    if (!chunk.isLast()) {
      failed.set(partitionId, 0);
      return false;
    }
    forget(partitionId);
    install(partitionId, present.chunks());
    service.journal().image(partitionId, present.chunks());
    failed.set(partitionId, 0);
    return true;
  }

  /** Drops what came so far. */
  void forget(int partitionId) {
    incoming.set(partitionId, null);
  }

  /**
   * Takes an image in, in place of what is there.
   *
   * @throws IOException if it is not what was written, or of another format
   */
  void install(int partitionId, List<byte[]> chunks) throws IOException {
    DataInput in = ImageBytes.verified(chunks);
    PartitionContainer container = service.container(partitionId);
    try (PartitionImage image = PartitionImage.read(in, container)) {
      RegistryTable table = in.readBoolean() ? RegistryTable.readFrom(in) : null;
      container.install(image);
      if (table != null) {
        service.installRegistryTable(table);
      }
    }
  }

  /** The chunks of one image; gives the sign to refuse reads with the last one to a new owner. */
  private static final class Chunks implements ChunkSupplier {
    private final PartitionContainer container;
    private final long imageId;
    private final Iterator<byte[]> chunks;
    private final boolean toNewOwner;
    private int number;

    Chunks(PartitionContainer container, long imageId, List<byte[]> chunks, boolean toNewOwner) {
      this.container = container;
      this.imageId = imageId;
      this.chunks = chunks.iterator();
      this.toNewOwner = toNewOwner;
    }

    @Override
    public boolean hasNext() {
      return chunks.hasNext();
    }

    @Override
    public Operation next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      byte[] chunk = chunks.next();
      boolean last = !chunks.hasNext();
      if (last && toNewOwner) {
        container.handedOff(true);
      }
      return new ImageChunkOperation(imageId, number++, last, chunk);
    }
  }
}
