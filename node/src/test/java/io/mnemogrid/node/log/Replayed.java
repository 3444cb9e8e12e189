package io.mnemogrid.node.log;

import io.mnemogrid.node.log.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is read of a log.
 *
 * @param records in their order
 * @param gaps what may be missing before each of the segments
 */
record Replayed(LogReport report, List<LogRecord> records, List<LogReport.End> gaps) {
  static Replayed of(Disk disk, Path folder) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    List<LogReport.End> gaps = new ArrayList<>();
    LogReport report =
        LogReplay.read(
            disk,
            folder,
            new LogReplay.Visitor() {
              @Override
              public void segment(LogPosition at, LogReport.End before) {
                gaps.add(before);
              }

              @Override
              public void record(LogPosition at, LogRecord record) {
                records.add(record);
              }
            });
    return new Replayed(report, records, gaps);
  }

  /** The records, of a log that has no others. */
  List<LogRecord.Change> changes() {
    return records.stream().map(LogRecord.Change.class::cast).toList();
  }
}
