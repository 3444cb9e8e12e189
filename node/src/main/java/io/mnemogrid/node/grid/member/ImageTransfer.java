package io.mnemogrid.node.grid.member;

import com.hazelcast.internal.partition.ChunkSupplier;
import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.registry.RegistryTable;
import io.mnemogrid.node.grid.shard.ImageBytes;
import io.mnemogrid.node.grid.shard.IncomingImage;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.PartitionImage;
import java.io.DataInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
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
  /** Few enough for the heap's collector to take a chunk for no giant. */
  private static final int CHUNK_BYTES = 1 << 18;

  private final GridService service;
  private final AtomicReferenceArray<@Nullable Incoming> incoming;
  private final AtomicIntegerArray failed;

  ImageTransfer(GridService service) {
    this.service = service;
    this.incoming = new AtomicReferenceArray<>(service.partitionCount());
    this.failed = new AtomicIntegerArray(service.partitionCount());
  }

  /**
   * An image that has come in part.
   *
   * @param chunks that came so far, for the log
   */
  private record Incoming(long imageId, List<byte[]> chunks, IncomingImage<Whole> image) {}

  /** All that an image holds. */
  private record Whole(PartitionImage partition, @Nullable RegistryTable registry)
      implements AutoCloseable {
    @Override
    public void close() {
      partition.close();
    }
  }

  ChunkSupplier newSupplier(int partitionId, int replicaIndex) {
    if (!service.isFormed()) {
      return new NotYet(); // what was read from files may not count
    }
    List<byte[]> chunks = image(partitionId);
    PartitionContainer container = service.container(partitionId);
    return new ImageChunks(
        ThreadLocalRandom.current().nextLong(),
        chunks,
        replicaIndex == 0 ? () -> container.handedOff(true) : () -> {});
  }

  /** The image as one operation, where Hazelcast is set to migrate without chunks. */
  Operation whole(int partitionId, int replicaIndex) {
    if (!service.isFormed()) {
      return ImageChunkOperation.notYet();
    }
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
      boolean withRegistry = service.registryAuthority().isIn(partitionId);
      out.data().writeBoolean(withRegistry);
      if (withRegistry) {
        service.registryAuthority().ownersTable().writeTo(out.data());
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
              if (!isSettled(partitionId)) {
                service.repair().isIncomplete(partitionId, replica);
              }
            });
      }
    }
  }

  /** Whether some chunks of an image have come, and not the last one. */
  boolean isComing(int partitionId) {
    return incoming.get(partitionId) != null;
  }

  /** Whether what came last came whole. */
  private boolean isSettled(int partitionId) {
    return !isComing(partitionId) && !isFailed(partitionId);
  }

  private boolean isFailed(int partitionId) {
    return failed.get(partitionId) != 0;
  }

  /** Whether the image is whole with this chunk. */
  private boolean take(int partitionId, ImageChunkOperation chunk) throws IOException {
    failed.set(partitionId, 1);
    chunk.requireUndamaged();
    Incoming present = incoming.get(partitionId);
    if (chunk.number() == 0) {
      forget(partitionId);
      present =
          new Incoming(
              chunk.imageId(),
              new ArrayList<>(),
              IncomingImage.readBy(in -> read(partitionId, in)));
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
      present.image().accept(chunk.bytes());
      failed.set(partitionId, 0);
      return false;
    }
    try (Whole image = present.image().finish(chunk.bytes())) {
      install(partitionId, image);
    } finally {
      forget(partitionId);
    }
    CompletionStage<?> logged = service.journal().image(partitionId, present.chunks());
    failed.set(partitionId, 0);
    service.repair().isWhole(partitionId, logged);
    return true;
  }

  /** Frees what came so far; on the partition's thread. */
  void forget(int partitionId) {
    Incoming present = incoming.getAndSet(partitionId, null);
    if (present != null) {
      present.image().close();
    }
  }

  /**
   * Takes an image in, in place of what is there.
   *
   * @throws IOException if it is not what was written, or of another format
   */
  void install(int partitionId, List<byte[]> chunks) throws IOException {
    try (Whole image = read(partitionId, ImageBytes.verified(chunks))) {
      install(partitionId, image);
    }
  }

  private Whole read(int partitionId, DataInput in) throws IOException {
    PartitionImage partition = PartitionImage.read(in, service.container(partitionId));
    try {
      return new Whole(partition, in.readBoolean() ? RegistryTable.readFrom(in) : null);
    } catch (IOException | RuntimeException e) {
      partition.close();
      throw e;
    }
  }

  private void install(int partitionId, Whole image) {
    service.container(partitionId).install(image.partition());
    if (image.registry() != null) {
      service.registryAuthority().install(image.registry());
    }
  }

  /** In place of the chunks of an image. */
  private static final class NotYet implements ChunkSupplier {
    private boolean given;

    @Override
    public boolean hasNext() {
      return !given;
    }

    @Override
    public Operation next() {
      given = true;
      return ImageChunkOperation.notYet();
    }
  }
}
