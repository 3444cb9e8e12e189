package io.mnemogrid.node.model;

/** What a {@link Condition} can be about. */
public sealed interface MemoryField {

  /**
   * Values inside the metadata.
   *
   * @param path names of keys, from the outermost in, joined by dots. A key that has dots in its
   *     name itself is met by as much of the path. Where the path meets an array, it goes on into
   *     each object of that array; so one path can lead to several values.
   */
  record Metadata(String path) implements MemoryField {}

  /** A field of the memory itself. Their order is their number between members: add at the end. */
  enum Own implements MemoryField {
    ID(Kind.TEXT),
    CONTENT(Kind.TEXT),
    MEMORY_TYPE(Kind.TEXT),
    IMPORTANCE(Kind.NUMBER),
    TAGS(Kind.TEXTS),
    SESSION_ID(Kind.TEXT),
    CREATED_AT(Kind.TIME),
    UPDATED_AT(Kind.TIME),
    EXPIRES_AT(Kind.TIME),
    VALID_FROM(Kind.TIME),
    VERSION(Kind.NUMBER),
    AUTHOR(Kind.TEXT),
    AUTHOR_KEY_ID(Kind.TEXT),
    ORIGIN(Kind.TEXT),
    PUBLISHED_FROM(Kind.TEXT),
    VERIFIED(Kind.FLAG);

    private final Kind kind;

    Own(Kind kind) {
      this.kind = kind;
    }

    public Kind kind() {
      return kind;
    }
  }

  /** What the values of an own field are. */
  enum Kind {
    TEXT,
    FLAG,
    /** An array of texts. */
    TEXTS,
    NUMBER,
    /** A number too: unix seconds. */
    TIME
  }
}
