package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Provenance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One write of one memory on its way to the owner of its shard.
 *
 * @param id the memory
 * @param mustExist true for an update: a missing memory is left missing, and a null field keeps
 *     what is there. False for a store: the memory is made or written over, and null means none
 * @param metadata a JSON object as text; those of an update also change what of the {@link
 *     Occasion} only the metadata before them said
 * @param vector {@code float[dimension]} of the namespace, or null to keep the present one
 * @param verdict counts on an update alone; a new content is judged anew
 * @param writtenAtMicros microseconds since 1970, no two alike from one node: what is written in
 *     one second has an order
 * @param onlyVersion of the present memory that is written on: another, or none, is left as it is.
 *     Null for any
 */
public record MemoryWrite(
    String id,
    boolean mustExist,
    @Nullable String content,
    @Nullable MemoryType type,
    @Nullable Float importance,
    @Nullable List<String> tags,
    @Nullable String metadata,
    @Nullable String sessionId,
    @Nullable Long expiresAt,
    @Nullable Long validFrom,
    float @Nullable [] vector,
    Verdict verdict,
    Author author,
    long writtenAtMicros,
    @Nullable Long onlyVersion) {

  /** A store, of the usual type and importance, with nothing beside the content. */
  public static Builder store(String id, String content) {
    return new Builder(id, false)
        .content(content)
        .type(NewMemory.USUAL_TYPE)
        .importance(NewMemory.USUAL_IMPORTANCE)
        .tags(List.of());
  }

  /** An update that keeps all that is there. */
  public static Builder update(String id) {
    return new Builder(id, true);
  }

  /** Writes a memory anew as it is, if it is that version still. */
  static MemoryWrite again(
      String id, long version, @Nullable Long expiresAt, Author author, long writtenAtMicros) {
    return update(id).expiresAt(expiresAt).by(author, writtenAtMicros).onlyVersion(version).build();
  }

  /** The same with another vector. */
  public MemoryWrite with(float @Nullable [] otherVector) {
    return again().vector(otherVector).build();
  }

  /** The same with another end. */
  MemoryWrite expiringAt(@Nullable Long otherExpiresAt) {
    return again().expiresAt(otherExpiresAt).build();
  }

  private Builder again() {
    return new Builder(id, mustExist)
        .content(content)
        .type(type)
        .importance(importance)
        .tags(tags)
        .metadata(metadata)
        .sessionId(sessionId)
        .expiresAt(expiresAt)
        .validFrom(validFrom)
        .vector(vector)
        .verdict(verdict)
        .by(author, writtenAtMicros)
        .onlyVersion(onlyVersion);
  }

  /** Who writes, and by which way. */
  public record Author(String keyId, String name, Provenance.Origin origin) {
    public static final Author NOBODY = new Author("", "", Provenance.Origin.STORED);

    /** Whose a memory is. */
    public static Author of(Memory memory) {
      Provenance provenance = memory.provenance();
      return new Author(provenance.authorKeyId(), provenance.author(), provenance.origin());
    }
  }

  /** A write to be; what is not said is null, and nobody has written it, in 1970. */
  public static final class Builder {
    private final String id;
    private final boolean mustExist;
    private @Nullable String content;
    private @Nullable MemoryType type;
    private @Nullable Float importance;
    private @Nullable List<String> tags;
    private @Nullable String metadata;
    private @Nullable String sessionId;
    private @Nullable Long expiresAt;
    private @Nullable Long validFrom;
    private float @Nullable [] vector;
    private Verdict verdict = Verdict.NONE;
    private Author author = Author.NOBODY;
    private long writtenAtMicros;
    private @Nullable Long onlyVersion;

    private Builder(String id, boolean mustExist) {
      this.id = id;
      this.mustExist = mustExist;
    }

    public Builder content(@Nullable String value) {
      content = value;
      return this;
    }

    public Builder type(@Nullable MemoryType value) {
      type = value;
      return this;
    }

    public Builder importance(@Nullable Float value) {
      importance = value;
      return this;
    }

    public Builder tags(@Nullable List<String> value) {
      tags = value;
      return this;
    }

    public Builder metadata(@Nullable String value) {
      metadata = value;
      return this;
    }

    public Builder sessionId(@Nullable String value) {
      sessionId = value;
      return this;
    }

    public Builder expiresAt(@Nullable Long value) {
      expiresAt = value;
      return this;
    }

    public Builder validFrom(@Nullable Long value) {
      validFrom = value;
      return this;
    }

    public Builder vector(float @Nullable [] value) {
      vector = value;
      return this;
    }

    public Builder verdict(Verdict value) {
      verdict = value;
      return this;
    }

    public Builder by(Author value, long atMicros) {
      author = value;
      writtenAtMicros = atMicros;
      return this;
    }

    public Builder onlyVersion(@Nullable Long value) {
      onlyVersion = value;
      return this;
    }

    public MemoryWrite build() {
      return new MemoryWrite(
          id,
          mustExist,
          content,
          type,
          importance,
          tags,
          metadata,
          sessionId,
          expiresAt,
          validFrom,
          vector,
          verdict,
          author,
          writtenAtMicros,
          onlyVersion);
    }
  }
}
