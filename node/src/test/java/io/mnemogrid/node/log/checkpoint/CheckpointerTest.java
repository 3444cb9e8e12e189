package io.mnemogrid.node.log.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.log.FsyncPolicy;
import io.mnemogrid.node.log.LogSettings;
import io.mnemogrid.node.log.WriteAheadLog;
import io.mnemogrid.node.log.disk.DataFolder;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.SystemDisk;
import io.mnemogrid.node.log.restart.Loader;
import io.mnemogrid.node.log.restart.Restart;
import io.mnemogrid.node.log.restart.RestartReport;
import io.mnemogrid.node.log.restart.StoredCopy;
import io.mnemogrid.node.log.restart.Trust;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointerTest {
  private static final int PARTITIONS = 3;
  private static final int SEGMENT_BYTES = 16_384;
  private static final int KEPT_BYTES = 4 * SEGMENT_BYTES;
  private static final int APPENDS = 3_000;
  private static final int PAYLOAD_BYTES = 400;
  private static final Stamp STAMP = new Stamp(1, 1, 1);

  private final Disk disk = new SystemDisk();
  private final AtomicLong images = new AtomicLong();

  @TempDir Path files;

  private static ImageChunks chunk() {
    byte[][] left = {new byte[100]};
    return () -> {
      byte[] next = left[0].length == 0 ? null : left[0];
      left[0] = new byte[0];
      return next;
    };
  }

  private WriteAheadLog open(FsyncPolicy fsync) throws IOException {
    LogSettings settings =
        new LogSettings(PARTITIONS, fsync, Duration.ofMillis(1), SEGMENT_BYTES, 1 << 20);
    RestartReport report = Restart.read(disk, files, Loader.nothing());
    return WriteAheadLog.open(disk, DataFolder.log(files), settings, report.log(), failure -> {});
  }

  /** Images as a partition's thread takes them, which is the one that appends. */
  private CompletionStage<PartitionImages.Answer> take(
      WriteAheadLog log, ExecutorService partitionThread, int partition) {
    return CompletableFuture.supplyAsync(
        () -> {
          images.incrementAndGet();
          CheckpointHeader header =
              new CheckpointHeader(partition, STAMP, log.ordinal(partition), log.written(), false);
          return new PartitionImages.Image(header, chunk());
        },
        partitionThread);
  }

  private Checkpointer start(WriteAheadLog log, PartitionImages from) {
    Checkpoints checkpoints = new Checkpoints(disk, DataFolder.checkpoints(files));
    CheckpointSettings settings = new CheckpointSettings(Duration.ofMillis(2), KEPT_BYTES);
    Checkpointer checkpointer = new Checkpointer(log, checkpoints, from, settings, PARTITIONS);
    checkpointer.start();
    return checkpointer;
  }

  private long bytesOnDisk() throws IOException {
    try (Stream<Path> all = Files.walk(files)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFolderStaysSmallHoweverMuchIsAppended(FsyncPolicy fsync) throws IOException {
    try (ExecutorService partitionThread = Executors.newSingleThreadExecutor();
        WriteAheadLog log = open(fsync);
        var _ = start(log, one -> take(log, partitionThread, one))) {
      for (int i = 0; i < APPENDS; i++) {
        int partition = i % PARTITIONS;
        CompletableFuture.supplyAsync(
                () -> log.append(partition, STAMP, new byte[PAYLOAD_BYTES]), partitionThread)
            .thenCompose(appended -> appended)
            .join();
        if (log.retainedBytes() > KEPT_BYTES) {
          await().until(() -> log.retainedBytes() <= KEPT_BYTES);
        }
      }
      await()
          .until(() ->
              IntStream.range(0, PARTITIONS)
                  .allMatch(one -> log.released(one) == log.ordinal(one)));
      assertThat(bytesOnDisk())
          .isLessThan(KEPT_BYTES + 2L * SEGMENT_BYTES)
          .isLessThan((long) APPENDS * PAYLOAD_BYTES / 10);
      assertThat(images.get()).isGreaterThan(PARTITIONS);
    }
    List<StoredCopy> copies = Restart.read(disk, files, Loader.nothing()).copies();
    assertThat(copies).hasSize(PARTITIONS).allMatch(copy -> copy.trust() == Trust.WHOLE);
  }

  @Test
  void aPartitionWhoseImageCannotBeTakenKeepsItsLogAndTheOthersDoNot() throws IOException {
    try (ExecutorService partitionThread = Executors.newSingleThreadExecutor();
        WriteAheadLog log = open(FsyncPolicy.OS)) {
      var _ = log.append(0, STAMP, new byte[PAYLOAD_BYTES]);
      var _ = log.append(1, STAMP, new byte[PAYLOAD_BYTES]).toCompletableFuture().join();
      PartitionImages from =
          one ->
              one == 0
                  ? CompletableFuture.failedStage(new IOException("no memory for an image"))
                  : take(log, partitionThread, one);
      try (var _ = start(log, from)) {
        await().until(() -> log.released(1) == 1);
        assertThat(log.released(0)).isZero();
      }
    }
    Checkpoints checkpoints = new Checkpoints(disk, DataFolder.checkpoints(files));
    assertThat(checkpoints.partitions()).containsExactly(1);
  }

  @Test
  void aPartitionThatWasNeverCheckpointedCanBeGoneToo() throws IOException {
    try (WriteAheadLog log = open(FsyncPolicy.OS)) {
      var _ = log.drop(1, STAMP).toCompletableFuture().join();
      PartitionImages gone =
          one -> CompletableFuture.completedStage(new PartitionImages.Gone(log.ordinal(one)));
      try (var _ = start(log, gone)) {
        await().until(() -> log.released(1) == 1);
      }
    }
    assertThat(new Checkpoints(disk, DataFolder.checkpoints(files)).partitions()).isEmpty();
  }

  @Test
  void aPartitionThatIsGoneLeavesNothing() throws IOException {
    try (ExecutorService partitionThread = Executors.newSingleThreadExecutor();
        WriteAheadLog log = open(FsyncPolicy.OS)) {
      var _ = log.append(2, STAMP, new byte[PAYLOAD_BYTES]).toCompletableFuture().join();
      try (var _ = start(log, one -> take(log, partitionThread, one))) {
        await().until(() -> log.released(2) == 1);
      }
      var _ = log.drop(2, STAMP).toCompletableFuture().join();
      PartitionImages gone =
          one -> CompletableFuture.completedStage(new PartitionImages.Gone(log.ordinal(one)));
      try (var _ = start(log, gone)) {
        await().until(() -> log.released(2) == 2);
      }
    }
    assertThat(new Checkpoints(disk, DataFolder.checkpoints(files)).partitions()).isEmpty();
    assertThat(Restart.read(disk, files, Loader.nothing()).copies()).isEmpty();
  }
}
