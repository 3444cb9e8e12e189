package io.mnemogrid.node.http;

import io.mnemogrid.node.model.Memory;
import io.mnemogrid.node.model.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The value of {@code If-Match} or {@code If-None-Match}: entity tags or {@code *}, as RFC 9110 has
 * them in 8.8.3 and 13.1. The tag of a memory is its version.
 *
 * @param any whether it is {@code *}; there are no tags then
 */
record EntityTags(boolean any, List<Tag> tags) {
  static final String IF_MATCH = "If-Match";
  static final String IF_NONE_MATCH = "If-None-Match";

  private static final EntityTags NONE = new EntityTags(false, List.of());
  private static final String WEAK = "W/";
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,17}");

  /** One entity tag, without its quotes. */
  record Tag(boolean weak, String opaque) {
    /** The version that it is the tag of; 0 when it is of none. */
    long version() {
      return VERSION.matcher(opaque).matches() ? Long.parseLong(opaque) : 0;
    }
  }

  /** The tag of a memory of that version. */
  static String of(long version) {
    return "\"" + version + "\"";
  }

  static String of(Memory memory) {
    return of(memory.provenance().version());
  }

  /**
   * Reads the value of a header.
   *
   * @throws RequestRefused if it is neither tags nor {@code *}
   */
  static EntityTags read(String header, String value) {
    if (value.strip().equals("*")) {
      return new EntityTags(true, List.of());
    }
    List<Tag> tags = new ArrayList<>();
    int at = 0;
    while (at < value.length()) {
      char c = value.charAt(at);
      if (c == ',' || c == ' ' || c == '\t') {
        at++; // empty elements are allowed for
        continue;
      }
      boolean weak = value.startsWith(WEAK, at);
      int open = weak ? at + WEAK.length() : at;
      int close = endOfTag(value, open);
      if (close < 0 || !endsElement(value, close + 1)) {
        throw malformed(header, value);
      }
      tags.add(new Tag(weak, value.substring(open + 1, close)));
      at = close + 1;
    }
    if (tags.isEmpty()) {
      throw malformed(header, value);
    }
    return new EntityTags(false, List.copyOf(tags));
  }

  /**
   * The place of the closing quote of the tag that opens at {@code open}; negative if none does.
   */
  private static int endOfTag(String value, int open) {
    if (open >= value.length() || value.charAt(open) != '"') {
      return -1;
    }
    int close = value.indexOf('"', open + 1);
    for (int i = open + 1; i < close; i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c == 0x7F) {
        return -1;
      }
    }
    return close;
  }

  private static boolean endsElement(String value, int at) {
    String rest = value.substring(at).stripLeading();
    return rest.isEmpty() || rest.startsWith(",");
  }

  /**
   * What {@code If-Match} asks for.
   *
   * @throws RequestRefused if it is malformed, or names a weak tag, which never matches
   */
  static Precondition ifMatch(@Nullable String value) {
    if (value == null) {
      return Precondition.NONE;
    }
    EntityTags wanted = read(IF_MATCH, value);
    if (wanted.any()) {
      return new Precondition.Present();
    }
    if (wanted.tags().stream().anyMatch(Tag::weak)) {
      throw new RequestRefused(
          Problem.invalid(
              "a weak entity tag never matches",
              "If-Match takes the ETag of a memory as it came, as \"3\", was "
                  + Shown.value(value)));
    }
    Set<Long> versions =
        wanted.tags().stream().map(Tag::version).collect(Collectors.toUnmodifiableSet());
    return new Precondition.VersionIn(versions);
  }

  /**
   * What {@code If-None-Match} asks for of a write.
   *
   * @throws RequestRefused if it is anything but {@code *}
   */
  static Precondition ifNoneMatch(@Nullable String value) {
    if (value == null) {
      return Precondition.NONE;
    }
    if (!read(IF_NONE_MATCH, value).any()) {
      throw new RequestRefused(
          Problem.invalid(
              "a store can only ask that there be no memory at all",
              "If-None-Match must be * here, was "
                  + Shown.value(value)
                  + "; to write over a memory of a version that you know, send If-Match"));
    }
    return new Precondition.Absent();
  }

  /** What a reader who sends {@code If-None-Match} has already. */
  static EntityTags known(@Nullable String value) {
    return value == null ? NONE : read(IF_NONE_MATCH, value);
  }

  /** Whether the memory, as it is, is among them; a weak tag will do. */
  boolean include(Memory memory) {
    return any || tags.stream().anyMatch(tag -> tag.version() == memory.provenance().version());
  }

  private static RequestRefused malformed(String header, String value) {
    return new RequestRefused(
        Problem.invalid(
            header + " is malformed",
            header
                + " must be * or entity tags in quotes with commas between, as \"3\", \"4\"; was "
                + Shown.value(value)));
  }
}
