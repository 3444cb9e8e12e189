package io.mnemogrid.node.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backup as callers see it.
 *
 * @param namespaces names of those in it, sorted
 * @param memories in it, or in it so far
 * @param bytes of the files of memories
 * @param createdAt unix seconds
 * @param completedAt unix seconds; null while it is not whole
 * @param path of its folder on the node
 * @param complete whether no memory was missing because all that held it had been lost together
 * @param error why there is none, or why it is of no use; else null
 */
public record Backup(
    String id,
    String name,
    Status status,
    List<String> namespaces,
    long memories,
    long bytes,
    long createdAt,
    @Nullable Long completedAt,
    boolean compressed,
    @Nullable String path,
    boolean complete,
    @Nullable String error) {

  static Backup of(Manifest manifest, String path) {
    return new Backup(
        manifest.id(),
        manifest.name(),
        Status.COMPLETED,
        manifest.namespaces().stream().map(SavedNamespace::name).sorted().toList(),
        manifest.memories(),
        manifest.bytes(),
        manifest.createdAt(),
        manifest.completedAt(),
        manifest.compressed(),
        path,
        manifest.namespaces().stream().allMatch(SavedNamespace::complete),
        null);
  }

  static Backup damaged(String id, String path, String error) {
    return new Backup(id, id, Status.FAILED, List.of(), 0, 0, 0, null, false, path, false, error);
  }
}
