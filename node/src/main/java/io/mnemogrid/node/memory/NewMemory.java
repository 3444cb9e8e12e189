package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Attributes;
import io.mnemogrid.node.model.MemoryType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A memory as a client hands it in, checked for form.
 *
 * @param id the client's own id, or null for one made here
 * @param importance 0..1, or null for the usual one
 * @param metadata a JSON object as text, or null
 * @param expiresAt unix seconds, or null
 * @param validFrom unix seconds, or null
 * @param embedding the client's own vector, or null to embed the content here
 */
public record NewMemory(
    @Nullable String id,
    String content,
    MemoryType type,
    @Nullable Float importance,
    List<String> tags,
    @Nullable String metadata,
    @Nullable String sessionId,
    @Nullable Long expiresAt,
    @Nullable Long validFrom,
    float @Nullable [] embedding)
    implements Attributes {

  /** Of a memory of which no other is said. */
  public static final MemoryType USUAL_TYPE = MemoryType.EPISODIC;

  /** Of a memory of which no other is said. */
  public static final float USUAL_IMPORTANCE = 0.5f;

  public NewMemory {
    tags = List.copyOf(tags);
  }

  /** 0..1, as it is stored where there is none to fold it into. */
  public float initialImportance() {
    return importance == null ? USUAL_IMPORTANCE : importance;
  }
}
