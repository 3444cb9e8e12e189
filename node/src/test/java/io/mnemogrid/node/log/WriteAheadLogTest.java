package io.mnemogrid.node.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import io.mnemogrid.node.log.disk.SystemDisk;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WriteAheadLogTest {
  private static final Path FOLDER = Path.of("wal");
  private static final int PARTITIONS = 4;
  private static final Stamp STAMP = new Stamp(1, 1, 1);

  private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
  private final List<LogFailedException> failures = new CopyOnWriteArrayList<>();

  private static LogSettings settings(FsyncPolicy fsync) {
    return new LogSettings(PARTITIONS, fsync, Duration.ofMillis(1), 16_384, 1 << 20);
  }

  private WriteAheadLog open(LogSettings settings) throws IOException {
    return open(disk, FOLDER, settings);
  }

  private WriteAheadLog open(Disk on, Path folder, LogSettings settings) throws IOException {
    LogReport report = replayed(on, folder).report();
    return WriteAheadLog.open(on, folder, settings, report, failures::add);
  }

  private static CompletableFuture<@Nullable Void> append(
      WriteAheadLog log, int partition, int value) {
    byte[] payload = new byte[400];
    Arrays.fill(payload, (byte) 7);
    ByteBuffer.wrap(payload).putInt(value);
    return log.append(partition, STAMP, payload).toCompletableFuture();
  }

  private List<String> read() throws IOException {
    Replayed replayed = replayed(disk, FOLDER);
    assertThat(replayed.report().damages()).isEmpty();
    return shown(replayed);
  }

  private static Replayed replayed(Disk on, Path folder) throws IOException {
    Replayed replayed = Replayed.of(on, folder);
    assertThat(replayed.gaps()).allMatch(gap -> gap == LogReport.End.WHOLE);
    return replayed;
  }

  private static List<String> shown(Replayed replayed) {
    return replayed.changes().stream()
        .map(change -> change.partition() + ":" + ByteBuffer.wrap(change.payload()).getInt())
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void appendsOfManyThreadsAreThereInTheOrderOfEachPartition(
      FsyncPolicy fsync, @TempDir Path folder) throws Exception {
    SystemDisk real = new SystemDisk();
    int each = 2_000;
    try (WriteAheadLog log = open(real, folder, settings(fsync))) {
      List<Thread> threads = new ArrayList<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        int own = partition;
        threads.add(
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 0; i < each; ) {
                    List<CompletableFuture<@Nullable Void>> appends = new ArrayList<>();
                    for (int end = i + 100; i < end; i++) {
                      appends.add(append(log, own, i));
                    }
                    appends.forEach(CompletableFuture::join);
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    Replayed replayed = replayed(real, folder);
    assertThat(replayed.report().ending()).isEqualTo(LogReport.End.CLOSED);
    assertThat(replayed.report().damages()).isEmpty();
    List<String> changes = shown(replayed);
    assertThat(changes).hasSize(PARTITIONS * each);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      String prefix = partition + ":";
      List<String> own = changes.stream().filter(one -> one.startsWith(prefix)).toList();
      for (int i = 0; i < each; i++) {
        assertThat(own.get(i)).isEqualTo(prefix + i);
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void copiesBeginAndEndInTheLogToo() throws IOException {
    try (WriteAheadLog log = open(settings(FsyncPolicy.OS))) {
      var _ = log.begin(0, STAMP);
      var _ = log.complete(1, STAMP);
      var _ = log.drop(2, STAMP);
    }
    assertThat(replayed(disk, FOLDER).records())
        .containsExactly(
            new LogRecord.Begun(0, 1, STAMP),
            new LogRecord.Completed(1, 1, STAMP),
            new LogRecord.Dropped(2, 1, STAMP));
  }

  @Test
  void ordinalsGoOnWhereTheyEnded() throws IOException {
    try (WriteAheadLog log = open(settings(FsyncPolicy.OS))) {
      append(log, 0, 1).join();
      append(log, 0, 2).join();
      assertThat(log.ordinal(0)).isEqualTo(2);
    }
    try (WriteAheadLog log = open(settings(FsyncPolicy.OS))) {
      assertThat(log.ordinal(0)).isEqualTo(2);
      append(log, 0, 3).join();
    }
    assertThat(read()).containsExactly("0:1", "0:2", "0:3");
  }

  @Test
  void commitConfirmsAfterASyncAndOsBeforeAny() throws IOException {
    try (WriteAheadLog log = open(settings(FsyncPolicy.OS))) {
      int before = disk.syncs();
      append(log, 0, 1).join();
      assertThat(disk.syncs()).isEqualTo(before);
    }
    try (WriteAheadLog log = open(settings(FsyncPolicy.COMMIT))) {
      int before = disk.syncs();
      append(log, 0, 1).join();
      assertThat(disk.syncs()).isGreaterThan(before);
    }
  }

  @Test
  void groupSyncsInTheBackground() throws IOException {
    try (WriteAheadLog log = open(settings(FsyncPolicy.GROUP))) {
      int before = disk.syncs();
      append(log, 0, 1).join();
      await().until(() -> disk.syncs() > before);
    }
  }

  @Test
  void whatIsTooMuchIsRefusedAndNotInTheLog() throws IOException {
    LogSettings small =
        new LogSettings(PARTITIONS, FsyncPolicy.OS, Duration.ofMillis(1), 16_384, 1_000);
    try (WriteAheadLog log = open(small)) {
      CompletableFuture<@Nullable Void> large =
          log.append(0, STAMP, new byte[2_000]).toCompletableFuture();
      assertThatThrownBy(large::join)
          .hasCauseInstanceOf(LogBusyException.class)
          .hasMessageContaining("no more than 1,000 may");
      assertThat(log.ordinal(0)).isZero();
      append(log, 0, 1).join();
    }
    assertThat(read()).containsExactly("0:1");
  }

  @Test
  void anAppendLargerThanASegmentHasOneOfItsOwn() throws IOException {
    try (WriteAheadLog log = open(settings(FsyncPolicy.OS))) {
      append(log, 0, 1).join();
      log.append(1, STAMP, ByteBuffer.allocate(100_000).putInt(2).array())
          .toCompletableFuture()
          .join();
      append(log, 0, 3).join();
    }
    assertThat(read()).containsExactly("0:1", "1:2", "0:3");
  }

  @ParameterizedTest
  @EnumSource
  void aFullDiskFailsTheLogForGood(FsyncPolicy fsync) throws IOException {
    WriteAheadLog log = open(settings(fsync));
    append(log, 0, 1).join();
    disk.leave(300);
    assertThatThrownBy(() -> append(log, 0, 2).join())
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(LogFailedException.class)
        .hasMessageContaining("No space left on device");
    disk.leave(1 << 20);
    assertThatThrownBy(() -> append(log, 0, 3).join()).hasCauseInstanceOf(LogFailedException.class);
    assertThat(log.hasRoom()).isFalse();
    log.close();
    assertThat(failures).hasSize(1);
    assertThat(log.failure()).isSameAs(failures.getFirst());
    disk.startProcess();
    assertThat(read()).containsExactly("0:1");
  }

  @ParameterizedTest
  @EnumSource(names = {"GROUP", "COMMIT"})
  void aSyncThatFailsFailsTheLogForGood(FsyncPolicy fsync) throws IOException {
    WriteAheadLog log = open(settings(fsync));
    append(log, 0, 1).join();
    disk.failSyncs();
    CompletableFuture<@Nullable Void> second = append(log, 0, 2);
    if (fsync == FsyncPolicy.COMMIT) {
      assertThatThrownBy(second::join).hasCauseInstanceOf(LogFailedException.class);
    }
    await().until(() -> failures.size() == 1);
    assertThatThrownBy(() -> append(log, 0, 3).join())
        .hasCauseInstanceOf(LogFailedException.class)
        .hasMessageContaining("Input/output error");
    log.close();
    assertThat(failures).hasSize(1);
  }

  @Test
  void everythingThatWaitsFailsWithTheLog() throws IOException {
    WriteAheadLog log = open(settings(FsyncPolicy.COMMIT));
    disk.failAfter(40);
    List<CompletableFuture<@Nullable Void>> appends = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      appends.add(append(log, i % PARTITIONS, i));
    }
    for (CompletableFuture<@Nullable Void> append : appends) {
      append.handle((done, failure) -> failure).join();
    }
    log.close();
    assertThat(log.queuedBytes()).isZero();
  }

  @Test
  void aClosedLogTakesNothingAndLosesNothing() throws IOException {
    WriteAheadLog log = open(settings(FsyncPolicy.OS));
    List<CompletableFuture<@Nullable Void>> appends = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      appends.add(append(log, 0, i));
    }
    log.close();
    appends.forEach(CompletableFuture::join);
    assertThatThrownBy(() -> append(log, 0, 500).join())
        .hasCauseInstanceOf(LogClosedException.class);
    assertThat(read()).hasSize(500);
    disk.losePower();
    assertThat(read()).hasSize(500);
  }

  @Test
  void aSegmentGoesOnceEveryPartitionInItWasReleased() throws IOException {
    try (WriteAheadLog log = open(settings(FsyncPolicy.OS))) {
      append(log, 1, 0).join();
      for (int i = 0; i < 200; i++) {
        append(log, 0, i).join();
      }
      long segments = segments();
      assertThat(segments).isGreaterThan(4);
      assertThat(log.pinning()).containsExactlyInAnyOrder(0, 1);
      log.release(0, log.ordinal(0));
      assertThat(segments()).isEqualTo(segments);
      assertThat(log.pinning()).containsExactly(1);
      log.release(1, 1);
      assertThat(segments()).isEqualTo(1);
      assertThat(log.retainedBytes()).isZero();
      append(log, 0, 200).join();
    }
    assertThat(read()).contains("0:200").hasSizeLessThan(60);
    try (WriteAheadLog log = open(settings(FsyncPolicy.OS))) {
      assertThat(log.ordinal(0)).isEqualTo(201);
      assertThat(log.pinning()).contains(0).doesNotContain(1);
      log.release(0, 201);
      assertThat(log.retainedBytes()).isZero();
    }
  }

  private long segments() {
    return disk.paths(path -> path.toString().endsWith(".wal")).size();
  }

  @Test
  void aLogThatCannotBeginSaysSo() throws IOException {
    disk.leave(50);
    assertThatThrownBy(() -> open(settings(FsyncPolicy.OS)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left on device");
  }
}
