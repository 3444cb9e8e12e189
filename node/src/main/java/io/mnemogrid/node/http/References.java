package io.mnemogrid.node.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what a {@code $ref} inside the document points at. */
final class References {
  private static final String WORD = "$ref";
  private final Map<String, Object> document;

  References(Map<String, Object> document) {
    this.document = document;
  }

  /**
   * The object itself, or the one it refers to.
   *
   * @throws IllegalArgumentException if there is none
   */
  Map<String, Object> resolve(@Nullable Object declared) {
    Map<String, Object> here = object(declared);
    Object reference = here.get(WORD);
    return reference == null ? here : resolve(target(reference.toString()));
  }

  private Object target(String reference) {
    if (!reference.startsWith("#/")) {
      throw new IllegalArgumentException("a reference stays inside the document: " + reference);
    }
    Object here = document;
    for (String step : reference.substring(2).split("/", -1)) {
      here = object(here).get(step);
      if (here == null) {
        throw new IllegalArgumentException("nothing is at " + reference);
      }
    }
    return here;
  }

  /** The value as an object; an {@link IllegalArgumentException} if it is none. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("an object is expected, not " + value);
  }
}
