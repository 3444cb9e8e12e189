package io.mnemogrid.node.log.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.log.FsyncPolicy;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import io.mnemogrid.node.log.restart.FilesUnderTest.Found;
import io.mnemogrid.node.log.restart.FilesUnderTest.History;
import io.mnemogrid.node.log.restart.FilesUnderTest.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A node that stops at any time, and whose files rot, and what it says of its copies then. */
class RestartFuzzTest {
  private static final Path FILES = Path.of("data", "current");
  private static final int RUNS = 5;

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void afterAnyStopACopyIsWhatItWasAndCalledWholeIfItIs(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedDisk disk = new SimulatedDisk(random.split());
    FsyncPolicy fsync = FsyncPolicy.values()[random.nextInt(FsyncPolicy.values().length)];
    FilesUnderTest files = new FilesUnderTest(disk, FILES, fsync, random);
    Found found = files.read();
    boolean power = false;
    for (int run = 0; run < RUNS; run++) {
      files.adopt(found, power);
      disk.stopAfter(random.nextInt(300));
      if (begin(files, found, disk)) {
        files.work(random.nextInt(200));
        files.close();
      }
      power = random.nextBoolean();
      disk.end(power);
      found = files.read();
      assertThat(Objects.requireNonNull(found.report).findings()).isEmpty();
      for (int partition = 0; partition < FilesUnderTest.PARTITIONS; partition++) {
        check(files.histories.get(partition), found, partition, power);
      }
    }
  }

  private static boolean begin(FilesUnderTest files, Found found, SimulatedDisk disk)
      throws IOException {
    try {
      files.open(found);
      return true;
    } catch (SimulatedDisk.Stopped | CompletionException e) {
      assertThat(disk.isStopped()).isTrue();
      return false;
    }
  }

  private static void check(History history, Found found, int partition, boolean powerWasLost) {
    StoredCopy copy = found.copies().get(partition);
    Trust trust = found.trust(partition);
    State is = found.state(partition);
    List<State> possible = history.possible(powerWasLost);
    assertThat(possible)
        .as("partition %d, %s, %s", partition, copy, is)
        .anyMatch(one -> one.holdsAs(is));
    assertThat(trust).as("%s", copy).isNotIn(Trust.BROKEN, Trust.DOUBTFUL);
    if (trust == Trust.WHOLE) {
      assertThat(history.whole())
          .as("partition %d, %s, %s", partition, copy, is)
          .anyMatch(one -> one.holdsAs(is) && (copy == null || one.isComplete()));
    } else if (possible.size() == 1 && !powerWasLost && !history.isDoubtful) {
      assertThat(copy).extracting(StoredCopy::trust).isEqualTo(Trust.PARTIAL);
      assertThat(history.now().isComplete()).as("%s", copy).isFalse();
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverRotsACopyThatLacksAnythingIsNotCalledWhole(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedDisk disk = new SimulatedDisk(random.split());
    FsyncPolicy fsync = FsyncPolicy.values()[random.nextInt(FsyncPolicy.values().length)];
    FilesUnderTest files = new FilesUnderTest(disk, FILES, fsync, random);
    Found found = files.read();
    List<History> histories = files.histories;
    for (int run = 0; run < 3; run++) {
      files.adopt(found, false);
      files.open(found);
      files.work(random.nextInt(250));
      files.sync(); // a segment that never was is not missed
      if (random.nextBoolean()) {
        files.close();
      } else {
        disk.stopAfter(0);
        files.close();
      }
      disk.startProcess();
      found = files.read();
    }
    files.adopt(found, false);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      rot(disk, random);
    }
    Found left = files.read();
    RestartReport report = Objects.requireNonNull(left.report);
    boolean isAnythingMissing = false;
    for (int partition = 0; partition < FilesUnderTest.PARTITIONS; partition++) {
      State expected = histories.get(partition).now();
      StoredCopy copy = left.copies().get(partition);
      List<Integer> content = left.contents.getOrDefault(partition, List.of());
      boolean isThere =
          copy == null
              ? !expected.isHere()
              : expected.isHere() && content.equals(expected.content());
      isAnythingMissing |= !isThere;
      if (left.trust(partition) == Trust.WHOLE) {
        assertThat(copy != null).as("partition %d", partition).isEqualTo(expected.isHere());
        assertThat(content).as("partition %d", partition).isEqualTo(expected.content());
      }
      assertThat(histories.get(partition).ever).as("partition %d", partition).containsAll(content);
    }
    if (isAnythingMissing) {
      assertThat(report.findings()).isNotEmpty();
    }
    // It starts again and again, and what is written then is there.
    files.adopt(left, false);
    files.open(left);
    files.work(20);
    files.close();
    Found after = files.read();
    for (int partition = 0; partition < FilesUnderTest.PARTITIONS; partition++) {
      StoredCopy copy = after.copies().get(partition);
      if (copy != null && copy.trust() == Trust.WHOLE) {
        assertThat(after.contents.getOrDefault(partition, List.of()))
            .isEqualTo(histories.get(partition).now().content());
      }
    }
  }

  private static void rot(SimulatedDisk disk, SplittableRandom random) {
    List<Path> paths =
        disk.paths(
            path -> !path.toString().endsWith(".damaged") && disk.contentOf(path).length > 0);
    Path path = paths.get(random.nextInt(paths.size()));
    int size = disk.contentOf(path).length;
    switch (random.nextInt(4)) {
      case 0 -> disk.truncate(path, random.nextInt(size));
      case 1 -> {
        if (path.toString().endsWith(".wal")) {
          disk.remove(path); // nothing tells of a checkpoint that was there once
        }
      }
      default -> {
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
          disk.flip(path, random.nextLong((long) size * Byte.SIZE));
        }
      }
    }
  }
}
