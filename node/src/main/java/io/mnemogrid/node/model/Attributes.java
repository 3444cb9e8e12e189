package io.mnemogrid.node.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a memory says beside its content, whether it is kept already or handed in; but for its
 * importance, which readers move while it is kept.
 */
public interface Attributes {
  MemoryType type();

  List<String> tags();

  /** A JSON object as text, or null. */
  @Nullable String metadata();

  @Nullable String sessionId();

  /** The second from which it is gone, or null for never. */
  @Nullable Long expiresAt();

  /** The second from which what it says holds, or null. */
  @Nullable Long validFrom();
}
