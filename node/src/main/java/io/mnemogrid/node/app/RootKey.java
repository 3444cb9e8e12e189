package io.mnemogrid.node.app;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.KeySecret;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.access.SecretHash;
import io.mnemogrid.node.memory.KeyRegistry;
import io.mnemogrid.node.memory.Keys;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first key of a cluster: the operator's own, or one that the first node makes. */
final class RootKey {
  private final KeyRegistry registry;
  private final InstantSource clock;
  private final SecureRandom random;

  RootKey(KeyRegistry registry, InstantSource clock, SecureRandom random) {
    this.registry = registry;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Sees to it that the cluster has a root key.
   *
   * @param given by the operator, or null
   * @return the secret, if one was made here
   * @throws StartFailedException if the cluster has another one than the given
   */
  Optional<String> establish(@Nullable String given) {
    String secret = given == null ? KeySecret.draw(random).token() : given;
    boolean added = registry.add(keyOf(secret)).toCompletableFuture().join();
    if (added) {
      return given == null ? Optional.of(secret) : Optional.empty();
    }
    boolean same =
        given == null
            || registry
                .find(Keys.ROOT_KEY_ID)
                .filter(key -> key.secret().matches(given))
                .isPresent();
    if (!same) {
      throw new StartFailedException(
          "the cluster has another root key than this node was given: give all nodes the same"
              + " MNEMOGRID_ROOT_API_KEY");
    }
    return Optional.empty();
  }

  private ApiKey keyOf(String secret) {
    return new ApiKey(
        Keys.ROOT_KEY_ID,
        Keys.ROOT_KEY_ID,
        true,
        List.of(new Grant(Grant.EVERY_NAMESPACE, Scope.SUPER_ADMIN)),
        null,
        SecretHash.of(secret, random),
        clock.instant().getEpochSecond(),
        null,
        true,
        1);
  }
}
