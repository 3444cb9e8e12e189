package io.mnemogrid.node.log;

import io.mnemogrid.node.log.disk.Damage;
import io.mnemogrid.node.log.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a log was found to be. */
public final class LogReport {
  /** How the log ends. */
  public enum End {
    /** It was closed. */
    CLOSED,
    /** The process ended, and nothing that was confirmed is missing. */
    WHOLE,
    /** The process ended while it wrote; what is cut off was not confirmed. */
    TORN,
    /**
     * What was confirmed within about one interval of syncing may be missing: power was lost, or
     * the machine began anew.
     */
    UNSYNCED,
    /** What was confirmed last may be missing: the end cannot be read. */
    DOUBTFUL
  }

  private final End ending;
  private final LogPosition end;
  private final LogPosition durable;
  private final List<LogDamage> damages;
  private final Map<Integer, Long> ordinals;
  private final List<Retention.Use> segments;
  private final List<Path> voidFiles;
  private final List<Path> unreadableFiles;
  private final long nextSegment;
  private final LogFloor floor;

  LogReport(
      End ending,
      LogPosition end,
      LogPosition durable,
      List<LogDamage> damages,
      Map<Integer, Long> ordinals,
      List<Retention.Use> segments,
      List<Path> voidFiles,
      List<Path> unreadableFiles,
      long nextSegment,
      LogFloor floor) {
    this.ending = ending;
    this.end = end;
    this.durable = durable;
    this.damages = List.copyOf(damages);
    this.ordinals = Map.copyOf(ordinals);
    this.segments = List.copyOf(segments);
    this.voidFiles = List.copyOf(voidFiles);
    this.unreadableFiles = List.copyOf(unreadableFiles);
    this.nextSegment = nextSegment;
    this.floor = floor;
  }

  /**
   * Something in a log that cannot be read.
   *
   * @param at where in the log it begins
   * @param end from where on the log can be read again; or beyond all frames, if none follows
   * @param partition whose it was; -1 where that cannot be told
   */
  public record LogDamage(Damage damage, LogPosition at, LogPosition end, int partition) {}

  public End ending() {
    return ending;
  }

  /** Where the log ends, and the next segment goes on. */
  public LogPosition end() {
    return end;
  }

  /** What cannot be read, in the order of the log. */
  public List<LogDamage> damages() {
    return damages;
  }

  /** The last ordinal of each partition. */
  public Map<Integer, Long> ordinals() {
    return ordinals;
  }

  /** Up to where the log was known to be synced. */
  LogPosition durable() {
    return durable;
  }

  List<Retention.Use> segments() {
    return segments;
  }

  long nextSegment() {
    return nextSegment;
  }

  LogFloor floor() {
    return floor;
  }

  /** The same, with ordinals that are known from elsewhere. */
  public LogReport withOrdinals(Map<Integer, Long> known) {
    Map<Integer, Long> all = new HashMap<>(ordinals);
    known.forEach((partition, ordinal) -> all.merge(partition, ordinal, Math::max));
    return new LogReport(
        ending,
        end,
        durable,
        damages,
        all,
        segments,
        voidFiles,
        unreadableFiles,
        nextSegment,
        floor);
  }

  /**
   * The same, to be gone on with in a segment after that position too: a checkpoint may be of a
   * place in the log that was lost with power, and no other record may come to be there.
   */
  public LogReport goingOnAfter(LogPosition position) {
    return new LogReport(
        ending,
        end,
        durable,
        damages,
        ordinals,
        segments,
        voidFiles,
        unreadableFiles,
        Math.max(nextSegment, position.segment() + 1),
        floor);
  }

  /**
   * Clears away, once another segment goes on without them, files that are no part of the log;
   * those that cannot be read stay under another name, to be looked at.
   */
  void clearAway(Disk disk) throws IOException {
    for (Path file : voidFiles) {
      disk.delete(file);
    }
    for (Path file : unreadableFiles) {
      disk.rename(file, file.resolveSibling(file.getFileName() + ".damaged"));
    }
  }
}
