package io.mnemogrid.node.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a restore goes, or went.
 *
 * @param namespaces in the order in which they come back
 * @param progressPercent of the bytes of their files
 * @param memories brought back so far
 * @param startedAt unix seconds
 * @param completedAt unix seconds; null while it goes on
 * @param error why it ended before all was back; else null
 */
public record Restore(
    String id,
    String backupId,
    Status status,
    List<Target> namespaces,
    int progressPercent,
    long memories,
    long startedAt,
    @Nullable Long completedAt,
    @Nullable String error) {

  /**
   * A namespace that comes back.
   *
   * @param from its name in the backup
   * @param to its name in the cluster
   * @param inBackup memories that the backup has of it
   * @param memories that are in it once it is whole, without those that are past their time by now;
   *     null before
   */
  public record Target(String from, String to, long inBackup, @Nullable Long memories) {}
}
