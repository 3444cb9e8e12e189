package io.mnemogrid.node.log.restart;

import io.mnemogrid.node.log.LogFloor;
import io.mnemogrid.node.log.LogPosition;
import io.mnemogrid.node.log.LogRecord;
import io.mnemogrid.node.log.LogReplay;
import io.mnemogrid.node.log.LogReport;
import io.mnemogrid.node.log.LogReport.End;
import io.mnemogrid.node.log.LogReport.LogDamage;
import io.mnemogrid.node.log.checkpoint.CheckpointHeader;
import io.mnemogrid.node.log.checkpoint.Checkpoints;
import io.mnemogrid.node.log.disk.Damage;
import io.mnemogrid.node.log.disk.DamagedFileException;
import io.mnemogrid.node.log.disk.DataFolder;
import io.mnemogrid.node.log.disk.Disk;
import io.mnemogrid.node.log.restart.RestartReport.Absences;
import io.mnemogrid.node.log.restart.RestartReport.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a node has on its disk: of each partition the newest checkpoint that is sound, then
 * the log from there on. Whatever is missing shows in the ordinals, and a copy that lacks something
 * is never called whole.
 */
public final class Restart {
  private static final String GONE = "the newest checkpoint in it is gone";

  private final Loader loader;
  private final Checkpoints checkpoints;
  private final SortedMap<Integer, PartitionTrail> trails = new TreeMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();

  /** Stands for all partitions of which nothing is to be found. */
  private final PartitionTrail unmentioned = new PartitionTrail(-1);

  private @Nullable LogPosition begin;

  /** Partitions that the log alone does not have. */
  private final List<PartitionTrail> gone = new ArrayList<>();

  /** Records of a partition that are missing between two places of the log. */
  private record Gap(int partition, LogPosition after, LogPosition before) {}

  private Restart(Disk disk, Path files, Loader loader) {
    this.loader = loader;
    this.checkpoints = new Checkpoints(disk, DataFolder.checkpoints(files));
  }

  /**
   * Reads all.
   *
   * @param files {@link DataFolder#current}, or one of {@link DataFolder#aside}
   * @throws IOException if the disk fails, or the loader does; damage is not an exception
   */
  public static RestartReport read(Disk disk, Path files, Loader loader) throws IOException {
    Restart restart = new Restart(disk, files, loader);
    restart.readCheckpoints();
    restart.missCheckpoints(disk, DataFolder.log(files));
    LogPosition checkpointed = restart.newestPosition();
    LogReport log = LogReplay.read(disk, DataFolder.log(files), restart.new Records());
    restart.judge(log, checkpointed, DataFolder.log(files));
    return restart.report(log.goingOnAfter(checkpointed));
  }

  private void readCheckpoints() throws IOException {
    for (int partition : checkpoints.partitions()) {
      PartitionTrail trail = trail(partition);
      Optional<CheckpointHeader> read =
          checkpoints.readNewest(
              partition,
              (damage, header) -> damaged(partition, damage, header),
              (header, chunks) -> {
                loader.image(header, chunks);
                return header;
              });
      read.ifPresent(trail::checkpoint);
    }
  }

  /** Notes which partitions were in checkpoints that are gone, or older than what was deleted. */
  private void missCheckpoints(Disk disk, Path log) throws IOException {
    try {
      LogFloor.read(disk, log)
          .checkpointed()
          .forEach((partition, ordinal) -> {
            PartitionTrail trail = trail(partition);
            if (trail.lacksUpTo(ordinal, GONE)) {
              gone.add(trail);
            }
          });
    } catch (DamagedFileException e) {
      // It is reported with the log, which leaves a doubt in all that it may have been about.
    }
  }

  private void damaged(int partition, Damage damage, @Nullable CheckpointHeader header) {
    findings.add(new Finding(damage, new TreeSet<>(List.of(partition))));
    PartitionTrail trail = trail(partition);
    if (header == null) {
      trail.isLost("its checkpoint is damaged: " + damage);
    } else if (header.ordinal() >= trail.ordinal()) {
      // What it held is lost, unless the log begins a copy after it.
      loader.begin(partition);
      trail.checkpoint(header);
      trail.isBroken("its checkpoint is damaged: " + damage);
    }
  }

  private LogPosition newestPosition() {
    return trails.values().stream()
        .map(PartitionTrail::at)
        .max(LogPosition::compareTo)
        .orElse(LogPosition.START);
  }

  private PartitionTrail trail(int partition) {
    return trails.computeIfAbsent(partition, PartitionTrail::new);
  }

  private final class Records implements LogReplay.Visitor {
    @Override
    public void segment(LogPosition at, End before) {
      if (begin == null) {
        begin = at;
      }
      switch (before) {
        case UNSYNCED -> olderThan(at, PartitionTrail::isUnsynced);
        case DOUBTFUL -> {
          String why = "the end of the log before %s may be missing".formatted(at);
          olderThan(at, trail -> trail.isDoubtful(why));
        }
        case CLOSED, WHOLE, TORN -> {}
      }
    }

    private void olderThan(LogPosition at, Consumer<PartitionTrail> effect) {
      trails.values().stream().filter(trail -> !trail.at().isAfter(at)).forEach(effect);
      effect.accept(unmentioned);
    }

    @Override
    public void record(LogPosition at, LogRecord record) throws IOException {
      PartitionTrail trail = trail(record.partition());
      if (!trail.isNew(record)) {
        return;
      }
      boolean isGap = !trail.isNext(record);
      if (isGap) {
        gaps.add(new Gap(record.partition(), trail.at(), at));
      }
      switch (record) {
        case LogRecord.Change change -> {
          if (isGap) {
            trail.isBroken(missing(trail, change));
          }
          trail.change(at, change);
          loader.change(change.partition(), change.stamp(), change.payload());
        }
        case LogRecord.Begun begun -> {
          trail.begin(at, begun);
          begin(begun.partition());
        }
        case LogRecord.Completed completed -> {
          String missing = missing(trail, completed);
          trail.complete(at, completed);
          if (isGap) {
            trail.isBroken(missing);
          }
        }
        case LogRecord.Dropped dropped -> {
          trail.drop(at, dropped);
          begin(dropped.partition());
        }
      }
    }

    private void begin(int partition) {
      gaps.removeIf(gap -> gap.partition() == partition);
      loader.begin(partition);
    }
  }

  private static String missing(PartitionTrail trail, LogRecord next) {
    return "writes %d to %d of it are missing".formatted(trail.ordinal() + 1, next.ordinal() - 1);
  }

  /** Says of each partition what the damage of the log means for it. */
  private void judge(LogReport log, LogPosition checkpointed, Path folder) {
    for (LogDamage damage : log.damages()) {
      findings.add(new Finding(damage.damage(), affectedBy(damage)));
    }
    log.ordinals()
        .forEach((partition, ordinal) -> {
          PartitionTrail trail = trail(partition);
          if (ordinal > trail.ordinal()) {
            trail.isBroken("the last writes of it cannot be read");
          }
        });
    for (PartitionTrail trail : gone) {
      if (trail.isBrokenFor(GONE)) { // and nothing in the log has begun it anew
        Damage damage = new Damage(checkpoints.folder(trail.partition()), 0, GONE);
        findings.add(new Finding(damage, new TreeSet<>(List.of(trail.partition()))));
      }
    }
    findUnexplainedGaps(folder);
    if (checkpointed.isAfter(log.end()) && log.ending() != End.UNSYNCED) {
      LogPosition end = log.end();
      Damage damage =
          new Damage(
              end.equals(LogPosition.START) ? folder : end.file(folder),
              end.offset(),
              "the log ends here, and a checkpoint was made at %s".formatted(checkpointed));
      findings.add(new Finding(damage, new TreeSet<>(trails.keySet())));
      all(trail -> trail.isDoubtful(damage.what()));
    }
    switch (log.ending()) {
      case DOUBTFUL -> all(trail -> trail.isDoubtful("the end of the log may be missing"));
      case UNSYNCED -> all(PartitionTrail::isUnsynced);
      case CLOSED, WHOLE, TORN -> {}
    }
  }

  private void all(Consumer<PartitionTrail> effect) {
    trails.values().forEach(effect);
    effect.accept(unmentioned);
  }

  /**
   * Partitions with a gap over the damage, or of which nothing after it shows that there is none.
   */
  private SortedSet<Integer> affectedBy(LogDamage damage) {
    SortedSet<Integer> affected = new TreeSet<>();
    for (Gap gap : gaps) {
      if (!gap.after().isAfter(damage.end()) && !damage.at().isAfter(gap.before())) {
        affected.add(gap.partition());
      }
    }
    String why = "writes of it may have been where the log is damaged: " + damage.damage();
    trails.forEach((partition, trail) -> {
      if (!trail.at().isAfter(damage.end())) {
        affected.add(partition);
        if (mayBeOf(partition, damage)) {
          trail.isDoubtful(why);
        }
      }
    });
    if (damage.partition() < 0) {
      unmentioned.isDoubtful(why);
    }
    affected.removeIf(partition -> !mayBeOf(partition, damage));
    return affected;
  }

  private static boolean mayBeOf(int partition, LogDamage damage) {
    return damage.partition() < 0 || damage.partition() == partition;
  }

  /** What is missing though all that is there can be read was in files that are gone. */
  private void findUnexplainedGaps(Path folder) {
    SortedMap<LogPosition, SortedSet<Integer>> unexplained = new TreeMap<>();
    for (Gap gap : gaps) {
      if (findings.stream().noneMatch(one -> one.partitions().contains(gap.partition()))) {
        LogPosition at = begin != null && !gap.after().isAfter(begin) ? begin : gap.before();
        unexplained.computeIfAbsent(at, any -> new TreeSet<>()).add(gap.partition());
      }
    }
    unexplained.forEach((at, partitions) -> {
      String what = "what was in the log before is missing, and in no checkpoint";
      findings.add(new Finding(new Damage(at.file(folder), at.offset(), what), partitions));
      unmentioned.isDoubtful(what);
    });
  }

  private RestartReport report(LogReport log) {
    List<StoredCopy> copies =
        trails.values().stream().map(PartitionTrail::copy).flatMap(Optional::stream).toList();
    Map<Integer, Long> ordinals = new HashMap<>();
    Map<Integer, Long> notNeeded = new HashMap<>();
    Set<Integer> dropped = new HashSet<>();
    Map<Integer, Trust> absences = new HashMap<>();
    trails.forEach((partition, trail) -> {
      ordinals.put(partition, trail.ordinal());
      notNeeded.put(partition, trail.notNeeded());
      if (trail.isDropped()) {
        dropped.add(partition);
      }
      if (trail.copy().isEmpty()) {
        absences.put(partition, trail.absence());
      }
    });
    Absences absent = new Absences(absences, unmentioned.absence());
    return new RestartReport(
        copies, absent, findings, notNeeded, dropped, log.withOrdinals(ordinals));
  }
}
