package io.mnemogrid.node.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a memory comes from; stamped by the server, never taken from a client.
 *
 * @param authorKeyId the key that made the last write
 * @param author that key's name
 * @param writtenAt unix seconds of the last write
 * @param version counts the writes of this memory, from 1
 * @param publishedFrom the memory this one was published from, or null
 * @param contentSha256 lower-case hex of the content's UTF-8 bytes
 */
public record Provenance(
    String authorKeyId,
    String author,
    long writtenAt,
    long version,
    Origin origin,
    @Nullable String publishedFrom,
    String contentSha256) {

  /** How a memory came to be here. */
  public enum Origin {
    STORED,
    PUBLISHED,
    IMPORTED,
    RESTORED
  }
}
