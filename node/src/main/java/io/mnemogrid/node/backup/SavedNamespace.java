package io.mnemogrid.node.backup;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;

/**
 * A namespace in a backup.
 *
 * @param descriptor as it was; of its spaces, the one that questions were asked in
 * @param file name of the file with its memories
 * @param memories how many it held
 * @param complete whether none was missing because all that held it had been lost together
 */
record SavedNamespace(
    Namespace descriptor, String file, long bytes, long memories, boolean complete) {

  String name() {
    return descriptor.name();
  }

  /**
   * The descriptor of a namespace that is to become like this one, and is not whole yet.
   *
   * @param uid of a namespace that there has never been
   * @param createdAt unix seconds
   */
  Namespace restoringAs(String name, long uid, long createdAt, long revision) {
    Space space = descriptor.space();
    return new Namespace(
        name,
        uid,
        Space.first(space.model(), space.dimension(), space.shards()),
        null,
        true,
        descriptor.distance(),
        descriptor.language(),
        descriptor.deduplication(),
        descriptor.description(),
        descriptor.metadata(),
        createdAt,
        revision);
  }
}
