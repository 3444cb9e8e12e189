package io.mnemogrid.node.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A salted SHA-256 of a secret. One fast hash is enough because the secrets it protects are random
 * and of 256 bits; only the operator's own root key may be weaker, and that one never leaves him.
 */
public final class SecretHash {
  public static final int SALT_BYTES = 16;
  public static final int DIGEST_BYTES = 32;

  private final byte[] salt;
  private final byte[] digest;

  /**
   * @param salt {@value #SALT_BYTES} bytes
   * @param digest {@value #DIGEST_BYTES} bytes
   */
  public SecretHash(byte[] salt, byte[] digest) {
    if (salt.length != SALT_BYTES || digest.length != DIGEST_BYTES) {
      throw new IllegalArgumentException(
          "salt of %d and digest of %d bytes".formatted(salt.length, digest.length));
    }
    this.salt = salt.clone();
    this.digest = digest.clone();
  }

  /** Hashes a secret under a fresh salt. */
  public static SecretHash of(String secret, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new SecretHash(salt, sha256(salt, secret));
  }

  /** Whether {@code secret} is the one; takes the same time whatever differs. */
  public boolean matches(String secret) {
    return MessageDigest.isEqual(digest, sha256(salt, secret));
  }

  public byte[] salt() {
    return salt.clone();
  }

  public byte[] digest() {
    return digest.clone();
  }

  private static byte[] sha256(byte[] salt, String secret) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      return sha.digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretHash that
        && Arrays.equals(salt, that.salt)
        && MessageDigest.isEqual(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(salt), Arrays.hashCode(digest));
  }

  /** Shows the salt alone. */
  @Override
  public String toString() {
    return "SecretHash[salt=" + HexFormat.of().formatHex(salt) + "]";
  }
}
