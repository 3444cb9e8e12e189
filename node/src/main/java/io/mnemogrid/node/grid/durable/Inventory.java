package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.log.restart.StoredCopy;
import io.mnemogrid.node.log.restart.Trust;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a member found on its disk.
 *
 * @param member its number for as long as its process lives
 * @param shape that its files are of; null when they do not say
 * @param isBlank whether there was nothing: the member is new, or its disk is
 * @param copies by partition
 */
public record Inventory(
    UUID member, @Nullable ClusterShape shape, boolean isBlank, Map<Integer, StoredCopy> copies) {
  public Inventory {
    copies = Map.copyOf(copies);
  }

  /**
   * Whether every write of the partition that this member ever answered for is in its copy, or else
   * went on to other members together with the copy.
   */
  boolean vouchesFor(int partition) {
    StoredCopy copy = copies.get(partition);
    return !isBlank && (copy == null || copy.trust() == Trust.WHOLE);
  }
}
