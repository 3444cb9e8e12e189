package io.mnemogrid.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.log.disk.SimulatedDisk;
import io.mnemogrid.node.model.Failures;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A disk that fails or gets full at any place of a short run: what is confirmed is there afterwards
 * as its policy promises, what is refused is refused for good, and nothing half-written counts.
 */
class FailingDiskTest {
  private static final Path FOLDER = Path.of("wal");
  private static final Stamp STAMP = new Stamp(1, 1, 1);

  /** So that the last but one begins a segment of its own, and the last another. */
  private static final int[] PAYLOAD_BYTES = {4, 60, 250, 4_200, 30};

  private static final int BYTES_TO_WRITE = 6_000;
  private static final int OPERATIONS = 60;

  @ParameterizedTest
  @EnumSource
  void aDiskThatGetsFullAtAnyByteRefusesWhatDoesNotFit(FsyncPolicy fsync) throws IOException {
    int refused = 0;
    for (int bytes = 0; bytes < BYTES_TO_WRITE; bytes += bytes < 200 ? 1 : 41) {
      int left = bytes;
      refused += run("%d bytes left".formatted(left), fsync, disk -> disk.leave(left));
    }
    assertThat(refused).isGreaterThan(200);
  }

  @ParameterizedTest
  @EnumSource
  void aDiskThatFailsInAnyOperationFailsTheLogForGood(FsyncPolicy fsync) throws IOException {
    int refused = 0;
    for (int operation = 0; operation < OPERATIONS; operation++) {
      int count = operation;
      refused += run("operation %d".formatted(count), fsync, disk -> disk.failAfter(count));
    }
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void powerThatIsLostAtAnyOperationTakesWhatItsPolicyLetsIt(FsyncPolicy fsync) throws IOException {
    for (int operation = 0; operation < OPERATIONS; operation++) {
      int count = operation;
      run("operation %d".formatted(count), fsync, disk -> disk.stopAfter(count));
    }
  }

  /** Returns 1 if anything was refused. */
  private static int run(String fault, FsyncPolicy fsync, Consumer<SimulatedDisk> breaks)
      throws IOException {
    int refused = 0;
    for (boolean isPowerLost : new boolean[] {false, true}) {
      SimulatedDisk disk = new SimulatedDisk(new SplittableRandom(fault.hashCode()));
      List<Integer> found = new ArrayList<>();
      AtomicInteger failures = new AtomicInteger();
      WriteAheadLog log = open(disk, fsync, found, failures);
      append(log, 0, 4).join();
      log.sync();
      breaks.accept(disk);
      int confirmed = appendAll(log);
      boolean hasFailed = log.failure() != null;
      log.close();
      assertThat(failures.get()).as(fault).isLessThanOrEqualTo(1);
      if (confirmed < PAYLOAD_BYTES.length) {
        assertThat(hasFailed).as(fault).isTrue();
        refused = 1;
      }
      disk.end(isPowerLost);
      List<Integer> again = new ArrayList<>();
      int least = isPowerLost && fsync != FsyncPolicy.COMMIT ? 0 : confirmed;
      WriteAheadLog reopened = open(disk, fsync, again, failures);
      assertThat(again.size()).as(fault).isBetween(1 + least, 1 + PAYLOAD_BYTES.length);
      for (int i = 0; i < again.size(); i++) {
        assertThat(again.get(i)).as(fault).isEqualTo(i);
      }
      append(reopened, 99, 4).join();
      reopened.close();
      List<Integer> last = new ArrayList<>();
      assertThat(replay(disk, last).ending()).as(fault).isEqualTo(LogReport.End.CLOSED);
      again.add(99);
      assertThat(last).as(fault).isEqualTo(again);
    }
    return refused;
  }

  /** Appends one after the other; nothing is confirmed after anything was refused. */
  private static int appendAll(WriteAheadLog log) {
    int confirmed = 0;
    boolean isOver = false;
    for (int i = 0; i < PAYLOAD_BYTES.length; i++) {
      Throwable failure =
          append(log, i + 1, PAYLOAD_BYTES[i]).handle((done, thrown) -> thrown).join();
      if (failure == null) {
        assertThat(isOver).isFalse();
        confirmed++;
      } else {
        assertThat(Failures.unwrapped(failure)).isInstanceOf(LogFailedException.class);
        isOver = true;
      }
    }
    return confirmed;
  }

  private static CompletableFuture<@Nullable Void> append(
      WriteAheadLog log, int value, int payloadBytes) {
    return log.append(0, STAMP, ByteBuffer.allocate(payloadBytes).putInt(value).array())
        .toCompletableFuture();
  }

  private static WriteAheadLog open(
      SimulatedDisk disk, FsyncPolicy fsync, List<Integer> found, AtomicInteger failures)
      throws IOException {
    LogSettings settings =
        new LogSettings(1, fsync, Duration.ofMillis(1), LogSettings.SEGMENT_BYTES_MIN, 1 << 20);
    return WriteAheadLog.open(
        disk, FOLDER, settings, replay(disk, found), failure -> failures.incrementAndGet());
  }

  private static LogReport replay(SimulatedDisk disk, List<Integer> found) throws IOException {
    Replayed replayed = Replayed.of(disk, FOLDER);
    replayed.changes().forEach(change -> found.add(ByteBuffer.wrap(change.payload()).getInt()));
    assertThat(replayed.gaps()).doesNotContain(LogReport.End.DOUBTFUL);
    assertThat(replayed.report().damages()).isEmpty();
    return replayed.report();
  }
}
