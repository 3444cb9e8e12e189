package io.mnemogrid.node.log.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.log.FsyncPolicy;
import io.mnemogrid.node.log.disk.SystemDisk;
import io.mnemogrid.node.log.restart.FilesUnderTest.Found;
import io.mnemogrid.node.log.restart.FilesUnderTest.State;
import io.mnemogrid.node.log.restart.RestartReport.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files on a real disk that are cut, overwritten or gone: what a node then says and does. */
class DamagedFilesFuzzTest {
  private static final int SECTOR_BYTES = 512;

  private final SystemDisk disk = new SystemDisk();

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void damageIsReportedByFileAndOffsetAndNothingWrongIsTrusted(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    FsyncPolicy fsync = FsyncPolicy.values()[random.nextInt(FsyncPolicy.values().length)];
    FilesUnderTest files = new FilesUnderTest(disk, folder, fsync, random);
    for (int run = 0; run < 2; run++) {
      Found found = files.read();
      files.adopt(found, false);
      files.open(found);
      files.work(random.nextInt(150));
      files.close();
    }
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      damage(random);
    }
    Found left = files.read();
    check(files, left);
    assertThat(report(files.read()))
        .as("what is read again")
        .usingRecursiveComparison()
        .isEqualTo(report(left));
    files.adopt(left, false);
    files.open(left);
    files.work(20);
    files.close();
    check(files, files.read());
  }

  private static RestartReport report(Found found) {
    return Objects.requireNonNull(found.report);
  }

  private void check(FilesUnderTest files, Found found) {
    boolean isAnythingMissing = false;
    for (int partition = 0; partition < FilesUnderTest.PARTITIONS; partition++) {
      State expected = files.histories.get(partition).now();
      State is = found.state(partition);
      isAnythingMissing |= !expected.holdsAs(is);
      if (found.trust(partition) == Trust.WHOLE) {
        assertThat(is.holdsAs(expected)).as("partition %d: %s", partition, is).isTrue();
      }
      assertThat(files.histories.get(partition).ever).containsAll(is.content());
    }
    List<Finding> findings = report(found).findings();
    if (isAnythingMissing) {
      assertThat(findings).isNotEmpty();
    }
    for (Finding finding : findings) {
      assertThat(finding.damage().file().startsWith(folder)).isTrue();
      assertThat(finding.damage().offset()).isNotNegative();
      assertThat(finding.toString())
          .contains(finding.damage().file() + ", offset " + finding.damage().offset() + ": ");
    }
  }

  private void damage(SplittableRandom random) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(folder)) {
      paths = all.filter(Files::isRegularFile).sorted().toList();
    }
    Path path = paths.get(random.nextInt(paths.size()));
    long size = Files.size(path);
    if (size == 0) {
      return; // it was cut to nothing before
    }
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      long at = random.nextLong(size);
      switch (random.nextInt(4)) {
        case 0 -> file.truncate(at);
        case 1 -> file.write(ByteBuffer.allocate(SECTOR_BYTES), at / SECTOR_BYTES * SECTOR_BYTES);
        case 2 -> file.write(ByteBuffer.wrap(bytes(random, 1)), at);
        default -> file.write(ByteBuffer.wrap(bytes(random, SECTOR_BYTES)), at);
      }
    }
    boolean isOfData = path.toString().endsWith(".wal") || path.toString().contains("checkpoint-");
    if (random.nextInt(4) == 0 && isOfData) {
      Files.delete(path);
    }
  }

  private static byte[] bytes(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
