package io.mnemogrid.node.app;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.KeySecret;
import io.mnemogrid.node.access.SecretHash;
import io.mnemogrid.node.memory.KeyRegistry;
import io.mnemogrid.node.memory.Keys;
import io.mnemogrid.node.model.Failures;
import io.mnemogrid.node.model.Refusal;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The first key of a cluster: the operator's own, or one that the first node makes. */
final class RootKey {
  private final KeyRegistry registry;
  private final boolean isGiven;
  private final String secret;
  private final ApiKey key;

  /**
   * @param given by the operator, or null
   */
  RootKey(KeyRegistry registry, InstantSource clock, SecureRandom random, @Nullable String given) {
    this.registry = registry;
    this.isGiven = given != null;
    this.secret = given == null ? KeySecret.draw(random).token() : given;
    this.key = keyOf(SecretHash.of(secret, random), clock);
  }

  /**
   * Sees to it that the cluster has a root key. May be asked again when it failed.
   *
   * @return the secret, if one was made here
   * @throws StartFailedException if the cluster has another one than the given
   * @throws Refusal.Unavailable if the cluster cannot tell now
   */
  Optional<String> establish() {
    boolean added;
    try {
      added = registry.add(key).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw Failures.unwrapped(e) instanceof Refusal refusal ? refusal : e;
    }
    // One that is there may have been made here, by a try whose end was not heard of.
    boolean isThis =
        added
            || registry
                .find(Keys.ROOT_KEY_ID)
                .filter(present -> present.secret().matches(secret))
                .isPresent();
    if (isGiven && !isThis) {
      throw new StartFailedException(
          "the cluster has another root key than this node was given: give all nodes the same"
              + " MNEMOGRID_ROOT_API_KEY");
    }
    return isGiven || !isThis ? Optional.empty() : Optional.of(secret);
  }

  private static ApiKey keyOf(SecretHash secret, InstantSource clock) {
    return ApiKey.ofEverything(Keys.ROOT_KEY_ID, secret, clock.instant().getEpochSecond());
  }
}
