package io.mnemogrid.node.backup;

import java.util.List;

/**
 * What is in a backup.
 *
 * @param createdAt unix seconds
 * @param completedAt unix seconds
 */
record Manifest(
    String id,
    String name,
    boolean compressed,
    long createdAt,
    long completedAt,
    List<SavedNamespace> namespaces) {

  long memories() {
    return namespaces.stream().mapToLong(SavedNamespace::memories).sum();
  }

  long bytes() {
    return namespaces.stream().mapToLong(SavedNamespace::bytes).sum();
  }
}
