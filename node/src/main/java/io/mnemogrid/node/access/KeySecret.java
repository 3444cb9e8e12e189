package io.mnemogrid.node.access;

import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The token a client presents: {@code mg_<key id>_<secret>}, the secret 256 random bits. The prefix
 * lets secret scanners find it; the id lets a node look the key up before it hashes anything.
 */
public record KeySecret(String keyId, String token) {
  private static final String PREFIX = "mg_";
  private static final int KEY_ID_CHARS = 16;
  private static final int SECRET_BYTES = 32;
  private static final char[] ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

  /** Draws a new key id and secret. */
  public static KeySecret draw(SecureRandom random) {
    char[] id = new char[KEY_ID_CHARS];
    for (int i = 0; i < id.length; i++) {
      id[i] = ID_ALPHABET[random.nextInt(ID_ALPHABET.length)];
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String keyId = new String(id);
    String token =
        PREFIX + keyId + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return new KeySecret(keyId, token);
  }

  /** The id inside a token, or null when it is not of our form, as a root key may be. */
  public static @Nullable String keyIdIn(String token) {
    int idEnd = PREFIX.length() + KEY_ID_CHARS;
    return token.startsWith(PREFIX) && token.length() > idEnd && token.charAt(idEnd) == '_'
        ? token.substring(PREFIX.length(), idEnd)
        : null;
  }

  /** Shows the id alone, so that no log line ever holds a token. */
  @Override
  public String toString() {
    return "KeySecret[" + keyId + "]";
  }
}
