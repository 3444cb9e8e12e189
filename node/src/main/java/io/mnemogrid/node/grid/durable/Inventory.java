package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.log.restart.RestartReport.Absences;
import io.mnemogrid.node.log.restart.StoredCopy;
import io.mnemogrid.node.log.restart.Trust;
import io.mnemogrid.node.model.Stamp;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a member found on its disk.
 *
 * @param member its number in the cluster that it is in now
 * @param shape that its files are of; null when they do not say
 * @param isBlank whether there was nothing: the member is new, or its disk is
 * @param copies by partition
 * @param absences how sure it is that it has no copy of the others
 * @param damage what cannot be read, with its file, as far as that is of account to these; may be
 *     empty
 * @param agreed the newest incarnation of the cluster that it has agreed to; 0 if none
 */
public record Inventory(
    UUID member,
    @Nullable ClusterShape shape,
    boolean isBlank,
    Map<Integer, StoredCopy> copies,
    Absences absences,
    String damage,
    int agreed) {
  public Inventory {
    copies = Map.copyOf(copies);
  }

  /** The same of a member that has that number now. */
  public Inventory of(UUID nowMember) {
    return new Inventory(nowMember, shape, isBlank, copies, absences, damage, agreed);
  }

  /** The same of a member that has agreed to that incarnation since. */
  public Inventory agreedTo(int incarnation) {
    return new Inventory(member, shape, isBlank, copies, absences, damage, incarnation);
  }

  /** The newest incarnation that it knows of: others may have answered under it. */
  int newestIncarnation() {
    return copies.values().stream()
        .mapToInt(copy -> copy.last().incarnation())
        .reduce(agreed, Math::max);
  }

  /**
   * Whether every write of the partition that this member ever answered for is in its copy, or else
   * went on to other members together with the copy. Files without a shape are those of a member
   * that was killed before it had written down what it does not know.
   */
  public boolean vouchesFor(int partition) {
    return !isBlank && shape != null && trust(partition) == Trust.WHOLE;
  }

  /** Whether its files may have had writes of the partition that cannot be read any more. */
  boolean mayMiss(int partition) {
    Trust trust = trust(partition);
    return !isBlank && (trust == Trust.DOUBTFUL || trust == Trust.BROKEN);
  }

  /** Whether there may have been a copy, of which it has no more than that doubt. */
  public boolean doubts(int partition) {
    StoredCopy copy = copies.get(partition);
    return copy != null && copy.trust() == Trust.PARTIAL && copy.last().equals(Stamp.NONE);
  }

  /** Whether what it once had, if anything, is not among its files. */
  boolean mayHaveLostItsFiles() {
    return isBlank || shape == null;
  }

  private Trust trust(int partition) {
    StoredCopy copy = copies.get(partition);
    return copy == null ? absences.of(partition) : copy.trust();
  }
}
