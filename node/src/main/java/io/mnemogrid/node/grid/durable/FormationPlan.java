package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.model.Stamp;
import java.util.List;
import java.util.UUID;

/**
 * Who has which partition when a cluster goes on from the files of its members.
 *
 * @param cluster drawn when it was formed first
 * @param incarnation of the cluster, above every one that those who take part know of
 * @param members who take part; another one has joined later
 * @param partitions each of them, by number
 */
public record FormationPlan(
    long cluster, int incarnation, List<UUID> members, List<Row> partitions) {
  /** Of the partition table of a new incarnation, as long as all are here who take part. */
  public static final int FIRST_VERSION = 1;

  public FormationPlan {
    members = List.copyOf(members);
    partitions = List.copyOf(partitions);
  }

  /**
   * One partition.
   *
   * @param replicas the owner, then the backups and those who would be next, each once
   * @param holders those of the replicas that go on with what they have on disk; none when there
   *     never was anything
   * @param last the newest stamp that was found
   */
  public record Row(List<UUID> replicas, List<UUID> holders, Stamp last) {
    public Row {
      replicas = List.copyOf(replicas);
      holders = List.copyOf(holders);
    }

    /** Whether nothing was ever written to it. */
    public boolean isEmpty() {
      return holders.isEmpty();
    }
  }

  /**
   * The stamp under which the holders of a partition go on: above every one that was given before,
   * so that files which did not take part are known for old ones at the next start.
   */
  public Stamp stamp(int partition) {
    return new Stamp(incarnation, FIRST_VERSION, partitions.get(partition).last().sequence());
  }
}
