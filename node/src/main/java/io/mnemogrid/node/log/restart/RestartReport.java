package io.mnemogrid.node.log.restart;

import io.mnemogrid.node.log.LogReport;
import io.mnemogrid.node.log.disk.Damage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/**
 * What a node found on its disk.
 *
 * @param copies of partitions, by partition
 * @param absences how sure it is of the other partitions that there is no copy here
 * @param findings what is not as it was written
 * @param notNeeded by partition the ordinal up to which the log is in a checkpoint, or void
 * @param dropped partitions that were dropped; a checkpoint that is left of one is void
 * @param log how the log is to be gone on with
 */
public record RestartReport(
    List<StoredCopy> copies,
    Absences absences,
    List<Finding> findings,
    Map<Integer, Long> notNeeded,
    Set<Integer> dropped,
    LogReport log) {
  public RestartReport {
    copies = List.copyOf(copies);
    findings = List.copyOf(findings);
    notNeeded = Map.copyOf(notNeeded);
    dropped = Set.copyOf(dropped);
  }

  /**
   * How far it can be trusted that there is no copy of a partition here: {@link Trust#WHOLE},
   * {@link Trust#UNSYNCED} or {@link Trust#DOUBTFUL}, as for a copy with nothing in it.
   *
   * @param dropped partitions of which something was found, but no copy
   * @param unmentioned all partitions of which nothing was found
   */
  public record Absences(Map<Integer, Trust> dropped, Trust unmentioned) {
    public Absences {
      dropped = Map.copyOf(dropped);
    }

    /** Of a partition that is not among the copies. */
    public Trust of(int partition) {
      return dropped.getOrDefault(partition, unmentioned);
    }
  }

  /**
   * Something that is not as it was written.
   *
   * @param partitions whose writes are missing by it, or may be
   */
  public record Finding(Damage damage, SortedSet<Integer> partitions) {
    @Override
    public String toString() {
      return partitions.isEmpty()
          ? damage + "; nothing that the rest of the log or a checkpoint tells of is missing"
          : "%s; affects partitions %s".formatted(damage, partitions);
    }
  }
}
