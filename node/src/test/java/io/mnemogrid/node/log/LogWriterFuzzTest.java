package io.mnemogrid.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.log.LogReport.End;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A log is written, and the process or the machine stops within any operation; what was confirmed
 * is there as its policy promises, and what is there is what was written.
 */
class LogWriterFuzzTest {
  private static final Path FOLDER = Path.of("wal");
  private static final int PARTITIONS = 5;
  private static final int RUNS = 4;

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  /** A change, as it was appended and as it has to be read. */
  private record Entry(int partition, long ordinal, ByteBuffer payload) {
    static Entry of(LogRecord.Change change) {
      return new Entry(change.partition(), change.ordinal(), ByteBuffer.wrap(change.payload()));
    }
  }

  private final List<Entry> expected = new ArrayList<>();
  private int confirmed;
  private int synced;
  private boolean hasBegun;

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatWasConfirmedSurvivesWhatItsPolicyPromises(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedDisk disk = new SimulatedDisk(random.split());
    FsyncPolicy fsync = FsyncPolicy.values()[random.nextInt(FsyncPolicy.values().length)];
    LogSettings settings =
        new LogSettings(
            PARTITIONS,
            fsync,
            Duration.ofMillis(1),
            LogSettings.SEGMENT_BYTES_MIN + random.nextInt(9_000),
            1 << 20);
    for (int run = 0; run < RUNS; run++) {
      disk.stopAfter(random.nextInt(120));
      write(disk, settings, random);
      boolean power = random.nextBoolean();
      disk.end(power);
      check(disk, fsync, power);
    }
  }

  private void write(SimulatedDisk disk, LogSettings settings, SplittableRandom random)
      throws IOException {
    hasBegun = false;
    try {
      disk.createFolder(FOLDER);
      LogReport report = Replayed.of(disk, FOLDER).report();
      LogWriter writer =
          new LogWriter(
              disk,
              FOLDER,
              settings,
              new Retention(disk, FOLDER, report.segments(), report.floor()),
              report);
      hasBegun = true;
      report.clearAway(disk);
      // What was read at the start has been synced by now.
      synced = expected.size();
      Map<Integer, Long> ordinals = new HashMap<>(report.ordinals());
      int batches = random.nextInt(60);
      for (int i = 0; i < batches; i++) {
        writer.write(batch(random, ordinals));
        if (settings.fsync() == FsyncPolicy.COMMIT || random.nextInt(5) == 0) {
          writer.sync();
          synced = expected.size();
        }
        confirmed = expected.size();
      }
      writer.close();
      synced = expected.size();
    } catch (SimulatedDisk.Stopped e) {
      assertThat(disk.isStopped()).isTrue();
    }
  }

  private List<Append> batch(SplittableRandom random, Map<Integer, Long> ordinals) {
    List<Append> batch = new ArrayList<>();
    int appends = 1 + random.nextInt(8);
    for (int i = 0; i < appends; i++) {
      int partition = random.nextInt(PARTITIONS);
      long ordinal = ordinals.merge(partition, 1L, Long::sum);
      byte[] payload =
          new byte[random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(300)];
      random.nextBytes(payload);
      Stamp stamp = new Stamp(1, 2, ordinal);
      batch.add(new Append(FrameLayout.CHANGE, partition, ordinal, stamp, payload));
      expected.add(new Entry(partition, ordinal, ByteBuffer.wrap(payload)));
    }
    return batch;
  }

  private void check(SimulatedDisk disk, FsyncPolicy fsync, boolean power) throws IOException {
    Replayed replayed = Replayed.of(disk, FOLDER);
    LogReport report = replayed.report();
    List<Entry> entries = replayed.changes().stream().map(Entry::of).toList();
    assertThat(report.damages()).isEmpty();
    int least = power && fsync != FsyncPolicy.COMMIT ? synced : Math.max(synced, confirmed);
    assertThat(entries.size()).isBetween(least, expected.size());
    assertThat(entries).isEqualTo(expected.subList(0, entries.size()));
    if (entries.size() < confirmed) {
      assertThat(report.ending()).isEqualTo(End.UNSYNCED);
    }
    if (fsync == FsyncPolicy.COMMIT || (!power && hasBegun)) {
      assertThat(report.ending()).isNotIn(End.DOUBTFUL, End.UNSYNCED);
    }
    expected.subList(entries.size(), expected.size()).clear();
    confirmed = Math.min(confirmed, expected.size());
    synced = Math.min(synced, expected.size());
  }
}
