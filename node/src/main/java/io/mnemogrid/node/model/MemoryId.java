package io.mnemogrid.node.model;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Ids of memories. One made here names its namespace's uid, so that it can be found without the
 * namespace being said; a client may choose any other.
 */
public final class MemoryId {
  public static final int MAX_CHARS = 128;
  public static final int UID_BITS = 48;

  private static final String PREFIX = "mem_";
  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int CHAR_BITS = 5;
  private static final int UID_CHARS = 10;
  private static final int RANDOM_CHARS = 16;

  /** Of these, drawn anew until the id goes where it must: far more ways than parts. */
  private static final int REDRAWN_CHARS = 4;

  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.:\\-]*");

  private MemoryId() {}

  /** Draws an id for a memory of the namespace: 80 random bits beside the uid. */
  public static String draw(Namespace namespace, RandomGenerator random) {
    StringBuilder id = new StringBuilder(PREFIX);
    for (int i = UID_CHARS - 1; i >= 0; i--) {
      id.append(ALPHABET[(int) (namespace.uid() >>> (i * CHAR_BITS)) & 31]);
    }
    return id.append(chars(RANDOM_CHARS, random)).toString();
  }

  /**
   * Draws an id for a memory of the part of the namespace that knows the mark, however often it is
   * split, after as many tries as there will be parts.
   */
  public static String draw(Namespace namespace, RequestMark mark, RandomGenerator random) {
    Space finest = namespace.space().finest();
    int shard = mark.shardIn(finest);
    String start = draw(namespace, random);
    start = start.substring(0, start.length() - REDRAWN_CHARS);
    String id;
    do {
      id = start + chars(REDRAWN_CHARS, random);
    } while (finest.shardOf(id) != shard);
    return id;
  }

  private static String chars(int count, RandomGenerator random) {
    StringBuilder chars = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      chars.append(ALPHABET[random.nextInt(ALPHABET.length)]);
    }
    return chars.toString();
  }

  /** The uid inside an id made here; empty for a client's own. */
  public static OptionalLong namespaceUid(String id) {
    if (!id.startsWith(PREFIX) || id.length() != PREFIX.length() + UID_CHARS + RANDOM_CHARS) {
      return OptionalLong.empty();
    }
    long uid = 0;
    for (int i = 0; i < UID_CHARS; i++) {
      int digit = Arrays.binarySearch(ALPHABET, id.charAt(PREFIX.length() + i));
      if (digit < 0) {
        return OptionalLong.empty();
      }
      uid = uid << CHAR_BITS | digit;
    }
    return uid >>> UID_BITS == 0 ? OptionalLong.of(uid) : OptionalLong.empty();
  }

  /** Whether a client's own id is well formed. */
  public static boolean isValid(String id) {
    return id.length() <= MAX_CHARS && VALID.matcher(id).matches();
  }
}
