package io.mnemogrid.node.log.disk;

import java.nio.file.Path;

/**
 * Something on a disk that is not what was written there.
 *
 * @param offset where it begins, in bytes
 * @param what a sentence about it
 */
public record Damage(Path file, long offset, String what) {
  @Override
  public String toString() {
    return "%s, offset %d: %s".formatted(file, offset, what);
  }
}
