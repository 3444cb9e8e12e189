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
  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.:\\-]*");

  private MemoryId() {}

  /** Draws an id for a memory of the namespace: 80 random bits beside the uid. */
  public static String draw(Namespace namespace, RandomGenerator random) {
    StringBuilder id = new StringBuilder(PREFIX);
    for (int i = UID_CHARS - 1; i >= 0; i--) {
      id.append(ALPHABET[(int) (namespace.uid() >>> (i * CHAR_BITS)) & 31]);
    }
    for (int i = 0; i < RANDOM_CHARS; i++) {
      id.append(ALPHABET[random.nextInt(ALPHABET.length)]);
    }
    return id.toString();
  }

  /** Draws an id for a memory of one part of the namespace, after as many tries as it has parts. */
  public static String draw(Namespace namespace, int shard, RandomGenerator random) {
    String id = draw(namespace, random);
    while (namespace.shardOf(id) != shard) {
      id = draw(namespace, random);
    }
    return id;
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
