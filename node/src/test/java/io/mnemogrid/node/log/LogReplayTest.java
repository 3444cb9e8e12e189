package io.mnemogrid.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.log.LogReport.End;
import io.mnemogrid.node.log.LogReport.LogDamage;
import io.mnemogrid.node.log.disk.SimulatedDisk;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reader says of a log that is not as it was left. */
class LogReplayTest {
  private static final Path FOLDER = Path.of("wal");
  private static final int PAYLOAD_BYTES = 500;
  private static final long FRAME_BYTES = FrameLayout.frameBytes(PAYLOAD_BYTES);

  private final SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(1));
  private List<LogRecord> records = List.of();

  private static Path segment(int number) {
    return SegmentFiles.of(FOLDER, number);
  }

  private static byte[] payload(int value) {
    byte[] payload = new byte[PAYLOAD_BYTES];
    Arrays.fill(payload, (byte) value);
    return payload;
  }

  private LogReport read() throws IOException {
    Replayed replayed = Replayed.of(disk, FOLDER);
    records = replayed.records();
    return replayed.report();
  }

  /** Writes records 1, 2, ... of partition 3, without closing the log. */
  private void write(FsyncPolicy fsync, int count) throws IOException {
    LogSettings settings = new LogSettings(10, fsync, Duration.ofMillis(1), 4_096, 1 << 20);
    disk.createFolder(FOLDER);
    LogReport report = read();
    LogWriter writer =
        new LogWriter(
            disk,
            FOLDER,
            settings,
            new Retention(disk, FOLDER, report.segments(), report.floor()),
            report);
    report.clearAway(disk);
    long before = report.ordinals().getOrDefault(3, 0L);
    for (int i = 1; i <= count; i++) {
      long ordinal = before + i;
      writer.write(
          List.of(
              new Append(
                  FrameLayout.CHANGE,
                  3,
                  ordinal,
                  new Stamp(1, 1, ordinal),
                  payload((int) ordinal))));
    }
  }

  private List<Long> ordinals() {
    return records.stream().map(LogRecord::ordinal).toList();
  }

  private static long frame(int number) {
    return SegmentHeader.BYTES + (number - 1) * FRAME_BYTES;
  }

  @Test
  void noFolderIsAnEmptyLog() throws IOException {
    LogReport report = read();
    assertThat(report.ending()).isEqualTo(End.CLOSED);
    assertThat(report.end()).isEqualTo(LogPosition.START);
    assertThat(report.nextSegment()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aProcessThatWasKilledLosesNothing(FsyncPolicy fsync) throws IOException {
    write(fsync, 20);
    disk.startProcess();
    LogReport report = read();
    assertThat(report.ending()).isEqualTo(End.WHOLE);
    assertThat(records).hasSize(20);
  }

  @Test
  void aWriteThatWasCutOffIsTheEnd() throws IOException {
    write(FsyncPolicy.OS, 4);
    byte[] segment = disk.contentOf(segment(1));
    Arrays.fill(segment, (int) frame(4) + 200, segment.length, (byte) 0);
    disk.put(segment(1), segment);
    LogReport report = read();
    assertThat(report.ending()).isEqualTo(End.TORN);
    assertThat(report.damages()).isEmpty();
    assertThat(report.end()).isEqualTo(new LogPosition(1, frame(4)));
    assertThat(ordinals()).containsExactly(1L, 2L, 3L);
    write(FsyncPolicy.OS, 2);
    assertThat(read().damages()).isEmpty();
    assertThat(ordinals()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void aFlippedBitInAPayloadIsNamedByPartitionAndTheRestIsRead() throws IOException {
    write(FsyncPolicy.OS, 6);
    disk.flip(segment(1), (frame(3) + FrameLayout.HEADER_BYTES + 7) * Byte.SIZE);
    LogReport report = read();
    LogDamage damage = report.damages().getFirst();
    assertThat(report.damages()).hasSize(1);
    assertThat(damage.partition()).isEqualTo(3);
    assertThat(damage.damage().toString())
        .isEqualTo(
            segment(1)
                + ", offset "
                + frame(3)
                + ": the frame of 552 bytes is not what was written");
    assertThat(ordinals()).containsExactly(1L, 2L, 4L, 5L, 6L);
  }

  @Test
  void aFlippedBitInAHeaderIsFoundAndTheRestIsRead() throws IOException {
    write(FsyncPolicy.OS, 6);
    disk.flip(segment(1), (frame(3) + 9) * Byte.SIZE);
    LogReport report = read();
    assertThat(report.damages())
        .singleElement()
        .satisfies(damage -> {
          assertThat(damage.partition()).isEqualTo(-1);
          assertThat(damage.damage().what())
              .isEqualTo("there is no frame here up to offset " + frame(4));
        });
    assertThat(report.ending()).isEqualTo(End.WHOLE);
    assertThat(ordinals()).containsExactly(1L, 2L, 4L, 5L, 6L);
  }

  @Test
  void aFlippedBitInTheVeryLastHeaderPutsTheEndInDoubt() throws IOException {
    write(FsyncPolicy.OS, 3);
    disk.flip(segment(1), (frame(3) + 9) * Byte.SIZE);
    LogReport report = read();
    assertThat(report.ending()).isEqualTo(End.DOUBTFUL);
    assertThat(report.damages())
        .singleElement()
        .satisfies(damage ->
            assertThat(damage.damage().what()).isEqualTo("there is no frame here, nor after it"));
    write(FsyncPolicy.OS, 1);
    assertThat(read().ending()).isEqualTo(End.WHOLE);
    assertThat(ordinals()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aFileThatWasCutPutsTheEndInDoubtEvenAtAFrame() throws IOException {
    write(FsyncPolicy.COMMIT, 6);
    disk.truncate(segment(1), frame(4));
    LogReport report = read();
    assertThat(report.ending()).isEqualTo(End.DOUBTFUL);
    assertThat(report.damages())
        .singleElement()
        .satisfies(damage ->
            assertThat(damage.damage().what()).isEqualTo("it was cut: it had 4096 bytes"));
    assertThat(ordinals()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void theNewestSegmentIsMissedWhenItIsGone() throws IOException {
    write(FsyncPolicy.COMMIT, 3);
    write(FsyncPolicy.COMMIT, 3);
    disk.remove(segment(2));
    LogReport report = read();
    assertThat(report.ending()).isEqualTo(End.DOUBTFUL);
    assertThat(report.damages())
        .singleElement()
        .satisfies(damage ->
            assertThat(damage.damage().toString())
                .isEqualTo(segment(2) + ", offset 0: it is missing, and was the newest"));
    assertThat(report.nextSegment()).isEqualTo(3);
  }

  @Test
  void theOldestSegmentIsMissedWhenItIsGoneAndWasNotReleased() throws IOException {
    write(FsyncPolicy.COMMIT, 3);
    write(FsyncPolicy.COMMIT, 3);
    write(FsyncPolicy.COMMIT, 3);
    new Retention(disk, FOLDER, read().segments(), LogFloor.NONE).release(3, 3, 3);
    assertThat(read().damages()).isEmpty();
    assertThat(ordinals()).containsExactly(4L, 5L, 6L, 7L, 8L, 9L);
    disk.remove(segment(2));
    assertThat(read().damages())
        .singleElement()
        .satisfies(damage ->
            assertThat(damage.damage().toString())
                .isEqualTo(segment(2) + ", offset 0: it is missing, and was the oldest"));
    assertThat(ordinals()).containsExactly(7L, 8L, 9L);
  }

  @Test
  void aSegmentInTheMiddleIsMissedWhenItIsGone() throws IOException {
    write(FsyncPolicy.COMMIT, 3);
    write(FsyncPolicy.COMMIT, 3);
    write(FsyncPolicy.COMMIT, 3);
    disk.remove(segment(2));
    LogReport report = read();
    assertThat(report.damages())
        .singleElement()
        .satisfies(damage ->
            assertThat(damage.damage().toString())
                .isEqualTo(segment(2) + ", offset 0: it is missing, and older ones are there"));
    assertThat(ordinals()).containsExactly(1L, 2L, 3L, 7L, 8L, 9L);
  }

  @Test
  void aSegmentWithoutAHeaderIsSetAsideAndTheOthersAreRead() throws IOException {
    write(FsyncPolicy.COMMIT, 3);
    write(FsyncPolicy.COMMIT, 3);
    write(FsyncPolicy.COMMIT, 3);
    disk.flip(segment(2), 20 * Byte.SIZE);
    LogReport report = read();
    assertThat(report.damages())
        .singleElement()
        .satisfies(damage ->
            assertThat(damage.damage().what()).isEqualTo("the checksum of its header is wrong"));
    assertThat(ordinals()).containsExactly(1L, 2L, 3L, 7L, 8L, 9L);
    write(FsyncPolicy.COMMIT, 1);
    assertThat(disk.paths(path -> path.toString().endsWith(".damaged"))).hasSize(1);
  }

  @Test
  void aGapThatPowerLeftIsTheEndAndWhatIsBehindItIsVoid() throws IOException {
    write(FsyncPolicy.OS, 12);
    byte[] first = disk.contentOf(segment(1));
    byte[] second = disk.contentOf(segment(2));
    disk.losePower();
    // All had reached the disk but for one sector.
    Arrays.fill(first, (int) frame(3), (int) frame(3) + 512, (byte) 0);
    disk.put(segment(1), first);
    disk.put(segment(2), second);
    LogReport report = read();
    assertThat(report.damages()).isEmpty();
    assertThat(report.ending()).isEqualTo(End.UNSYNCED);
    assertThat(report.end()).isEqualTo(new LogPosition(1, frame(3)));
    assertThat(ordinals()).containsExactly(1L, 2L);
    write(FsyncPolicy.OS, 1);
    assertThat(disk.paths(segment(2)::equals)).isEmpty();
    assertThat(read().damages()).isEmpty();
    assertThat(ordinals()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aGapInWhatWasSyncedIsDamageThoughPowerWasLost() throws IOException {
    write(FsyncPolicy.COMMIT, 4);
    write(FsyncPolicy.COMMIT, 2); // says that the first four were synced
    disk.losePower();
    disk.flip(segment(1), (frame(3) + 9) * Byte.SIZE);
    LogReport report = read();
    assertThat(report.damages()).hasSize(1);
    assertThat(ordinals()).startsWith(1L, 2L, 4L);
  }

  @Test
  void bytesThatLookLikeAFrameAreNoneInAnotherPlace() throws IOException {
    write(FsyncPolicy.OS, 4);
    byte[] segment = disk.contentOf(segment(1));
    byte[] second = Arrays.copyOfRange(segment, (int) frame(2), (int) frame(3));
    System.arraycopy(second, 0, segment, (int) frame(3), second.length);
    disk.put(segment(1), segment);
    LogReport report = read();
    assertThat(report.damages()).hasSize(1);
    assertThat(ordinals()).containsExactly(1L, 2L, 4L);
  }

  /** Written by version 1; a later version has to read it, or say it cannot. */
  @Test
  void theGoldenLogOfVersion1IsRead() throws IOException {
    for (String name :
        List.of(
            "00000000000000000001.wal",
            "00000000000000000002.wal",
            "00000000000000000003.wal",
            "newest")) {
      try (InputStream in = LogReplayTest.class.getResourceAsStream("wal-v1-" + name)) {
        assertThat(in).as(name).isNotNull();
        disk.put(FOLDER.resolve(name), in.readAllBytes());
      }
    }
    LogReport report = read();
    assertThat(report.ending()).isEqualTo(End.CLOSED);
    assertThat(report.damages()).isEmpty();
    assertThat(report.ordinals()).containsOnlyKeys(3, 4).containsEntry(3, 11L).containsEntry(4, 1L);
    assertThat(records.getFirst()).isEqualTo(new LogRecord.Begun(3, 1, new Stamp(1, 1, 0)));
    for (int i = 1; i <= 9; i++) {
      LogRecord.Change change = (LogRecord.Change) records.get(i);
      assertThat(change.ordinal()).isEqualTo(i + 1);
      assertThat(change.stamp()).isEqualTo(new Stamp(1, 1, i));
      byte[] payload = new byte[700];
      Arrays.fill(payload, (byte) i);
      assertThat(change.payload()).isEqualTo(payload);
    }
    assertThat(records.subList(10, 12))
        .containsExactly(
            new LogRecord.Completed(4, 1, new Stamp(1, 2, 0)),
            new LogRecord.Dropped(3, 11, new Stamp(1, 3, 0)));
  }
}
