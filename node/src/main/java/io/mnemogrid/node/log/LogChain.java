package io.mnemogrid.node.log;

import io.mnemogrid.node.log.LogReport.LogDamage;
import io.mnemogrid.node.log.disk.Damage;
import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * The segments of a log in their order. The newest says after which place of which segment it goes
 * on, that one the same of its own predecessor, and so on: what lies between is void.
 */
final class LogChain {
  /** For a part that goes on until there are no more frames. */
  static final long OPEN_END = Long.MAX_VALUE;

  /**
   * A segment of the log.
   *
   * @param limit offset up to which its frames are part of the log
   * @param isLinked false if the segment after it is missing, so that its limit is unknown
   */
  record Part(Path file, SegmentHeader header, long limit, boolean isLinked) {
    LogPosition at(long offset) {
      return new LogPosition(header.number(), offset);
    }
  }

  private final List<Part> parts = new ArrayList<>();
  private final List<Path> voidFiles = new ArrayList<>();
  private final List<Path> unreadableFiles = new ArrayList<>();
  private final List<LogDamage> damages = new ArrayList<>();
  private boolean isNewestUnreadable;
  private long nextSegment = 1;
  private LogFloor floor = LogFloor.NONE;

  private LogChain() {}

  static LogChain of(Disk disk, Path folder) throws IOException {
    LogChain chain = new LogChain();
    SortedMap<Long, Path> files = SegmentFiles.in(disk, folder);
    if (!files.isEmpty()) {
      chain.nextSegment = files.lastKey() + 1;
    }
    Map<Long, SegmentHeader> headers = new HashMap<>();
    Map<Long, Damage> unreadable = new HashMap<>();
    for (Map.Entry<Long, Path> file : files.entrySet()) {
      try {
        headers.put(file.getKey(), header(disk, file.getKey(), file.getValue()));
      } catch (DamagedFileException e) {
        unreadable.put(file.getKey(), e.damage());
      }
    }
    if (headers.values().stream().noneMatch(header -> header.boot().equals(disk.boot()))) {
      chain.endBeforeWhatWasNeverSynced(disk, folder, files, unreadable.keySet());
    }
    chain.endBeforeWhatWasBeingMade(disk, files, unreadable.keySet());
    chain.link(folder, files, headers, unreadable);
    if (!files.isEmpty()) {
      chain.missOldest(disk, folder, files.firstKey());
    }
    chain.missNewest(disk, folder, files.isEmpty() ? 0 : files.lastKey());
    return chain;
  }

  private static SegmentHeader header(Disk disk, long number, Path path) throws IOException {
    try (DiskFile file = disk.open(path)) {
      ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      file.read(bytes, 0);
      SegmentHeader header = SegmentHeader.decode(bytes.flip(), path);
      if (header.number() != number) {
        throw new DamagedFileException(
            new Damage(path, 0, "it is segment %d by its header".formatted(header.number())));
      }
      return header;
    }
  }

  private static boolean hasNoFrames(Disk disk, Path path) throws IOException {
    try (DiskFile file = disk.open(path)) {
      SegmentHeader asLongAsTheFile =
          new SegmentHeader(
              0,
              file.size(),
              0,
              disk.boot(),
              FsyncPolicy.OS,
              LogReport.End.WHOLE,
              LogPosition.START,
              LogPosition.START);
      return new SegmentReader(file, asLongAsTheFile).isBlank(SegmentHeader.BYTES);
    }
  }

  /** Of segments that had not been synced when power was lost, any part may be there. */
  private void endBeforeWhatWasNeverSynced(
      Disk disk, Path folder, SortedMap<Long, Path> files, Set<Long> unreadable)
      throws IOException {
    try {
      long synced = SegmentFiles.readNewest(disk, folder);
      unreadable.stream()
          .filter(number -> number > synced)
          .min(Comparator.naturalOrder())
          .ifPresent(first -> {
            voidFiles.addAll(files.tailMap(first).values());
            files.tailMap(first).clear();
          });
    } catch (DamagedFileException e) {
      // What was synced is unknown: then nothing is taken for lost with power.
    }
  }

  /** The process or the machine stopped while the newest was made: nothing is in it. */
  private void endBeforeWhatWasBeingMade(
      Disk disk, SortedMap<Long, Path> files, Set<Long> unreadable) throws IOException {
    Iterator<Map.Entry<Long, Path>> newestFirst = files.reversed().entrySet().iterator();
    while (newestFirst.hasNext()) {
      Map.Entry<Long, Path> file = newestFirst.next();
      if (!unreadable.contains(file.getKey()) || !hasNoFrames(disk, file.getValue())) {
        return;
      }
      voidFiles.add(file.getValue());
      newestFirst.remove();
    }
  }

  /** From the newest back to the oldest. */
  private void link(
      Path folder,
      SortedMap<Long, Path> files,
      Map<Long, SegmentHeader> headers,
      Map<Long, Damage> unreadable) {
    long newest = files.isEmpty() ? 0 : files.lastKey();
    LogPosition limit = new LogPosition(newest, OPEN_END);
    boolean isLinked = true;
    for (Map.Entry<Long, Path> file : files.reversed().entrySet()) {
      long number = file.getKey();
      SegmentHeader header = headers.get(number);
      Damage damage = unreadable.get(number);
      if (number > limit.segment()) {
        voidFiles.add(file.getValue());
      } else if (damage != null) {
        isNewestUnreadable |= number == newest;
        unreadableFiles.add(file.getValue());
        damages.addFirst(damage(damage, number, limit));
        // What it went on from is unknown; the next older one is taken as far as it goes.
        limit = new LogPosition(number - 1, OPEN_END);
        isLinked = false;
      } else if (header != null) {
        if (number < limit.segment()) {
          Path missing = SegmentFiles.of(folder, limit.segment());
          String what = "it is missing, and older ones are there";
          damages.addFirst(damage(new Damage(missing, 0, what), number + 1, limit));
          limit = new LogPosition(number, OPEN_END);
          isLinked = false;
        }
        parts.addFirst(new Part(file.getValue(), header, limit.offset(), isLinked));
        limit = header.after();
        isLinked = true;
      }
    }
  }

  private static LogDamage damage(Damage damage, long segment, LogPosition end) {
    return new LogDamage(damage, new LogPosition(segment, 0), end, FrameLayout.NO_PARTITION);
  }

  private void missOldest(Disk disk, Path folder, long oldest) throws IOException {
    LogPosition end = parts.isEmpty() ? LogPosition.endOf(oldest) : parts.getFirst().at(0);
    try {
      floor = LogFloor.read(disk, folder);
      long recorded = floor.oldest();
      if (recorded < oldest && recorded > 0) {
        Path missing = SegmentFiles.of(folder, recorded);
        String what = "it is missing, and was the oldest";
        damages.addFirst(damage(new Damage(missing, 0, what), recorded, end));
      }
    } catch (DamagedFileException e) {
      damages.addFirst(damage(e.damage(), 0, end));
    }
  }

  private void missNewest(Disk disk, Path folder, long newest) throws IOException {
    try {
      long recorded = SegmentFiles.readNewest(disk, folder);
      if (recorded > newest) {
        isNewestUnreadable = true;
        damages.add(
            damage(
                new Damage(
                    SegmentFiles.of(folder, recorded), 0, "it is missing, and was the newest"),
                newest + 1,
                LogPosition.endOf(recorded)));
        nextSegment = Math.max(nextSegment, recorded + 1);
      }
    } catch (DamagedFileException e) {
      isNewestUnreadable = true;
      damages.add(damage(e.damage(), nextSegment, LogPosition.endOf(nextSegment)));
    }
  }

  List<Part> parts() {
    return parts;
  }

  List<Path> voidFiles() {
    return voidFiles;
  }

  List<Path> unreadableFiles() {
    return unreadableFiles;
  }

  /** Segments that are missing or cannot be read at all. */
  List<LogDamage> damages() {
    return damages;
  }

  /** Whether the last that was written is in a segment that cannot be read. */
  boolean isNewestUnreadable() {
    return isNewestUnreadable;
  }

  long nextSegment() {
    return nextSegment;
  }

  /** What was deleted of it; as good as nothing where that cannot be read. */
  LogFloor floor() {
    return floor;
  }
}
