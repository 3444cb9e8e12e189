package io.mnemogrid.node.log.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.log.FsyncPolicy;
import io.mnemogrid.node.log.LogFloor;
import io.mnemogrid.node.log.LogSettings;
import io.mnemogrid.node.log.WriteAheadLog;
import io.mnemogrid.node.log.checkpoint.CheckpointHeader;
import io.mnemogrid.node.log.checkpoint.Checkpoints;
import io.mnemogrid.node.log.disk.DataFolder;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two partitions, of which the log is without all that the checkpoint of the first has. */
class GoneCheckpointTest {
  private static final Path FILES = Path.of("current");
  private static final Path OF_FIRST = Path.of("current/parts/0");
  private static final Stamp STAMP = new Stamp(1, 1, 1);
  private static final LogSettings SETTINGS =
      new LogSettings(2, FsyncPolicy.COMMIT, Duration.ofHours(1), 4_096, 1 << 20);

  private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(3));
  private final Checkpoints checkpoints = new Checkpoints(disk, DataFolder.checkpoints(FILES));

  @BeforeEach
  void write() throws IOException {
    disk.createFolder(FILES);
    try (WriteAheadLog log = open()) {
      begin(log, 0);
      checkpoint(log, 0);
      begin(log, 1);
      fill(log);
    }
    assertThat(LogFloor.read(disk, DataFolder.log(FILES)).checkpointed()).containsKey(0);
  }

  private WriteAheadLog open() throws IOException {
    return WriteAheadLog.open(disk, DataFolder.log(FILES), SETTINGS, read().log(), failure -> {});
  }

  private RestartReport read() throws IOException {
    return Restart.read(disk, FILES, Loader.nothing());
  }

  private static void begin(WriteAheadLog log, int partition) {
    log.begin(partition, STAMP).toCompletableFuture().join();
    log.complete(partition, STAMP).toCompletableFuture().join();
  }

  private void checkpoint(WriteAheadLog log, int partition) throws IOException {
    long ordinal = log.ordinal(partition);
    checkpoints.write(
        new CheckpointHeader(partition, STAMP, ordinal, log.written(), false), () -> null);
    log.release(partition, ordinal);
  }

  /** Has all segments but the newest go. */
  private void fill(WriteAheadLog log) throws IOException {
    for (int i = 0; i < 50; i++) {
      log.append(1, STAMP, new byte[500]).toCompletableFuture().join();
    }
    checkpoint(log, 1);
  }

  private void removeTheFirst() {
    disk.paths(path -> path.startsWith(OF_FIRST)).forEach(disk::remove);
  }

  @Test
  void itIsReportedByNameUntilTheCopyIsBegunAnew() throws IOException {
    assertThat(read().findings()).isEmpty();
    removeTheFirst();
    for (int start = 0; start < 2; start++) {
      RestartReport report = read();
      assertThat(report.findings())
          .singleElement()
          .hasToString(
              OF_FIRST + ", offset 0: the newest checkpoint in it is gone; affects partitions [0]");
      assertThat(report.copies())
          .extracting(StoredCopy::trust)
          .containsExactly(Trust.BROKEN, Trust.WHOLE);
      open().close();
    }
    try (WriteAheadLog log = open()) {
      begin(log, 0);
    }
    RestartReport report = read();
    assertThat(report.findings()).isEmpty();
    assertThat(report.copies())
        .extracting(StoredCopy::trust)
        .containsExactly(Trust.WHOLE, Trust.WHOLE);
  }

  @Test
  void whatWasDroppedIsNotMissed() throws IOException {
    try (WriteAheadLog log = open()) {
      log.drop(0, STAMP).toCompletableFuture().join();
      checkpoints.delete(0);
      assertThat(read().findings()).isEmpty();
      log.releaseVoid(0, log.ordinal(0));
      fill(log);
    }
    assertThat(LogFloor.read(disk, DataFolder.log(FILES)).checkpointed()).containsOnlyKeys(1);
    RestartReport report = read();
    assertThat(report.findings()).isEmpty();
    assertThat(report.copies()).extracting(StoredCopy::partition).containsExactly(1);
  }
}
