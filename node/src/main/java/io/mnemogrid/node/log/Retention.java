package io.mnemogrid.node.log;

import io.mnemogrid.node.log.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which partitions still need which of the full segments. The oldest goes once all of its frames
 * have been released, and never one before it. Any thread, but one at a time releases.
 */
final class Retention {
  /**
   * A segment that is full.
   *
   * @param lastOrdinals of each partition with a frame in it
   */
  record Use(long number, Path file, long bytes, Map<Integer, Long> lastOrdinals) {}

  private final Disk disk;
  private final Path folder;
  private final Deque<Use> full = new ArrayDeque<>();
  private final Map<Integer, Long> released = new HashMap<>();
  private final Map<Integer, Long> isVoid = new HashMap<>();
  private final Map<Integer, Long> deleted = new HashMap<>();

  /**
   * @param before what was deleted before
   */
  Retention(Disk disk, Path folder, Collection<Use> full, LogFloor before) {
    this.disk = disk;
    this.folder = folder;
    this.full.addAll(full);
    this.deleted.putAll(before.checkpointed());
  }

  synchronized void add(Use use) {
    full.add(use);
  }

  /** Frames of the partition up to that ordinal are of no account, and in no checkpoint. */
  synchronized void isVoid(int partition, long ordinal) {
    isVoid.merge(partition, ordinal, Math::max);
  }

  /**
   * Frames of the partition up to that ordinal are not needed any more.
   *
   * @param newestSynced stays with all after it: without it, a loss of power could leave no log
   */
  void release(int partition, long ordinal, long newestSynced) throws IOException {
    synchronized (this) {
      released.merge(partition, ordinal, Math::max);
    }
    List<Use> deletable = deletable(newestSynced);
    if (deletable.isEmpty()) {
      return;
    }
    floorWithout(deletable, newestSynced).write(disk, folder);
    for (Use oldest : deletable) {
      disk.delete(oldest.file());
      synchronized (this) {
        full.remove(oldest);
      }
    }
  }

  private synchronized List<Use> deletable(long newestSynced) {
    return full.stream()
        .takeWhile(use ->
            use.number() < newestSynced
                && use.lastOrdinals().entrySet().stream().noneMatch(this::isNeeded))
        .toList();
  }

  private synchronized LogFloor floorWithout(List<Use> deletable, long newestSynced) {
    for (Use oldest : deletable) {
      oldest.lastOrdinals().forEach((partition, last) -> deleted.merge(partition, last, Math::max));
    }
    deleted.entrySet().removeIf(last -> last.getValue() <= isVoid.getOrDefault(last.getKey(), 0L));
    long oldestKept =
        full.stream()
            .skip(deletable.size())
            .mapToLong(Use::number)
            .findFirst()
            .orElse(newestSynced);
    return new LogFloor(oldestKept, deleted);
  }

  private boolean isNeeded(Map.Entry<Integer, Long> last) {
    return released.getOrDefault(last.getKey(), 0L) < last.getValue();
  }

  /** The ordinal up to which frames of the partition were released; 0 for none. */
  synchronized long released(int partition) {
    return released.getOrDefault(partition, 0L);
  }

  /** Partitions that keep the oldest full segment. */
  synchronized Set<Integer> pinning() {
    Use oldest = full.peek();
    return oldest == null
        ? Set.of()
        : oldest.lastOrdinals().entrySet().stream()
            .filter(this::isNeeded)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
  }

  /** Bytes in full segments. */
  synchronized long bytes() {
    return full.stream().mapToLong(Use::bytes).sum();
  }
}
