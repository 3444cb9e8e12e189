package io.mnemogrid.node.http;

import io.mnemogrid.node.model.FieldValue;
import io.mnemogrid.node.model.IsoTime;
import io.mnemogrid.node.model.MemoryField;
import io.mnemogrid.node.model.MemoryField.Kind;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Provenance;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field as the filter of a request names it: one of the memory's own by its name in the memory,
 * or what is in the metadata by its path.
 *
 * @param name as the request has it
 */
record FilterField(String name, MemoryField field) {
  private static final String METADATA = "metadata.";
  private static final String PROVENANCE = "provenance.";
  private static final double NANOS = 1e9;
  private static final Map<String, MemoryField.Own> OWN =
      Map.ofEntries(
          Map.entry("id", MemoryField.Own.ID),
          Map.entry("content", MemoryField.Own.CONTENT),
          Map.entry("memory_type", MemoryField.Own.MEMORY_TYPE),
          Map.entry("importance", MemoryField.Own.IMPORTANCE),
          Map.entry("tags", MemoryField.Own.TAGS),
          Map.entry("session_id", MemoryField.Own.SESSION_ID),
          Map.entry("created_at", MemoryField.Own.CREATED_AT),
          Map.entry("updated_at", MemoryField.Own.UPDATED_AT),
          Map.entry("expires_at", MemoryField.Own.EXPIRES_AT),
          Map.entry("valid_from", MemoryField.Own.VALID_FROM),
          Map.entry("verified", MemoryField.Own.VERIFIED),
          Map.entry("version", MemoryField.Own.VERSION),
          Map.entry("author", MemoryField.Own.AUTHOR),
          Map.entry("provenance.author", MemoryField.Own.AUTHOR),
          Map.entry("provenance.author_key_id", MemoryField.Own.AUTHOR_KEY_ID),
          Map.entry("provenance.origin", MemoryField.Own.ORIGIN),
          Map.entry("provenance.published_from", MemoryField.Own.PUBLISHED_FROM),
          Map.entry("provenance.version", MemoryField.Own.VERSION),
          Map.entry("provenance.written_at", MemoryField.Own.UPDATED_AT));

  /** Fields of a memory that would pass for metadata, and never be found, were they let through. */
  private static final Set<String> WITHOUT_CONDITIONS =
      Set.of("namespace", "agent_id", "last_accessed_at", "access_count", "metadata", "provenance");

  /** The field of that name; empty for one of a memory's own on which there is no condition. */
  static Optional<FilterField> named(String name) {
    MemoryField.Own own = OWN.get(name);
    if (own != null) {
      return Optional.of(new FilterField(name, own));
    }
    if (name.startsWith(METADATA)) {
      String path = name.substring(METADATA.length());
      return Optional.of(new FilterField(name, new MemoryField.Metadata(path)));
    }
    return WITHOUT_CONDITIONS.contains(name) || name.startsWith(PROVENANCE)
        ? Optional.empty()
        : Optional.of(new FilterField(name, new MemoryField.Metadata(name)));
  }

  /** Names of all the memory's own fields, sorted. */
  static List<String> ownNames() {
    return OWN.keySet().stream().sorted().toList();
  }

  /** What the values of one of the memory's own are; empty for those of metadata, which vary. */
  Optional<Kind> kind() {
    return field instanceof MemoryField.Own own ? Optional.of(own.kind()) : Optional.empty();
  }

  /** The value that an operand stands for; empty if the field never has values of its type. */
  Optional<FieldValue> valueOf(Object operand) {
    Kind kind = kind().orElse(null);
    boolean numbers = kind == null || kind == Kind.NUMBER || kind == Kind.TIME;
    boolean texts = kind == null || kind == Kind.TEXT || kind == Kind.TEXTS;
    return Optional.ofNullable(
        switch (operand) {
          case Boolean flag when kind == null || kind == Kind.FLAG -> new FieldValue.Flag(flag);
          case Long whole when numbers -> new FieldValue.Whole(whole);
          case Number number when numbers && Double.isFinite(number.doubleValue()) ->
              FieldValue.number(number.doubleValue());
          case String text when texts -> new FieldValue.Text(text);
          case String text when kind == Kind.TIME -> time(text);
          default -> null;
        });
  }

  /** What its values are, as it completes "must be …". */
  String wanted() {
    if (!words().isEmpty()) {
      return "one of " + String.join(", ", words());
    }
    return switch (kind().orElse(null)) {
      case null -> "a string, a number, true or false";
      case TEXT, TEXTS -> "a string";
      case FLAG -> "true or false";
      case NUMBER -> "a number";
      case TIME -> "unix seconds or an ISO-8601 time, as 2026-01-31T12:00:00Z";
    };
  }

  /** Its only values, or none if they are not that few. */
  List<String> words() {
    return switch (field) {
      case MemoryField.Own.MEMORY_TYPE -> lower(MemoryType.values());
      case MemoryField.Own.ORIGIN -> lower(Provenance.Origin.values());
      case MemoryField.Own _, MemoryField.Metadata _ -> List.of();
    };
  }

  private static @Nullable FieldValue time(String text) {
    IsoTime time = IsoTime.parse(text);
    return time == null ? null : FieldValue.number(time.seconds() + time.nanos() / NANOS);
  }

  private static List<String> lower(Enum<?>[] values) {
    return Stream.of(values).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
  }
}
