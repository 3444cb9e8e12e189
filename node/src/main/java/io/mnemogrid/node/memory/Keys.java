package io.mnemogrid.node.memory;

import io.mnemogrid.node.access.Action;
import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.KeySecret;
import io.mnemogrid.node.access.Permit;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.access.SecretHash;
import io.mnemogrid.node.model.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Making, changing and revoking keys, and telling who presents one. */
public final class Keys {
  /** The id of the key that the operator gave, or that the first node made. */
  public static final String ROOT_KEY_ID = "root";

  private final KeyRegistry registry;
  private final InstantSource clock;
  private final SecureRandom random;

  public Keys(KeyRegistry registry, InstantSource clock, SecureRandom random) {
    this.registry = registry;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A key to be made.
   *
   * @param scope of a key without grants
   * @param expiresAt unix seconds, or null
   */
  public record Spec(String name, Scope scope, List<Grant> grants, @Nullable Long expiresAt) {
    /** The same, but ending no later: a key cannot outlive the one that made it. */
    Spec endingBy(@Nullable Long latest) {
      boolean sooner = latest != null && (expiresAt == null || latest < expiresAt);
      return sooner ? new Spec(name, scope, grants, latest) : this;
    }
  }

  /** A key with its secret, which is shown this once. */
  public record Issued(ApiKey key, String secret) {}

  /** The new key of a rotation, and when the old one ends (null: it has). */
  public record Rotated(Issued issued, ApiKey old) {}

  /**
   * Tells whose token it is.
   *
   * @throws Refusal.Unauthenticated if nobody's, or of a key that is inactive or past its time
   * @throws Refusal.Unavailable if this member cannot be sure that the key was not revoked
   */
  public ApiKey authenticate(String token) {
    String keyId = KeySecret.keyIdIn(token);
    Optional<ApiKey> found = keyId == null ? Optional.empty() : registry.find(keyId);
    if (found.isEmpty()) {
      found = registry.find(ROOT_KEY_ID);
    }
    ApiKey key = found.filter(candidate -> candidate.secret().matches(token)).orElse(null);
    if (key == null || !key.active()) {
      throw new Refusal.Unauthenticated(
          Refusal.Unauthenticated.Reason.INVALID_KEY, "this key is not known or was revoked");
    }
    if (key.expiredAt(clock.instant().getEpochSecond())) {
      throw new Refusal.Unauthenticated(
          Refusal.Unauthenticated.Reason.EXPIRED_KEY,
          "this key is past its time; ask for a new one");
    }
    return key;
  }

  public CompletionStage<Issued> create(Permit permit, Spec spec) {
    permit.forAction(Action.KEYS);
    return issue(spec, null);
  }

  /**
   * Makes a key through a namespace's routes.
   *
   * @throws Refusal.ScopeTooLow if it would grant more than the caller has
   */
  public CompletionStage<Issued> createInNamespace(Permit permit, Spec spec) {
    String namespace = permit.forAction(Action.NAMESPACE_KEYS).namespace();
    requireCovered(permit.key(), spec.grants());
    return issue(spec.endingBy(permit.key().expiresAt()), namespace);
  }

  public List<ApiKey> list(Permit permit) {
    permit.forAction(Action.KEYS);
    return registry.all();
  }

  /** The keys made through the namespace's routes. */
  public List<ApiKey> listInNamespace(Permit permit) {
    String namespace = permit.forAction(Action.NAMESPACE_KEYS).namespace();
    return registry.all().stream()
        .filter(key -> namespace.equals(key.homeNamespace()) && manages(permit, key))
        .toList();
  }

  /**
   * @throws Refusal.NotFound if there is none that the permit lets its holder manage
   */
  public ApiKey get(Permit permit, String keyId) {
    return managed(permit, keyId).orElseThrow(() -> unknown(keyId));
  }

  private Optional<ApiKey> managed(Permit permit, String keyId) {
    permit.forAction(permit.onCluster() ? Action.KEYS : Action.NAMESPACE_KEYS);
    return registry.find(keyId).filter(key -> manages(permit, key));
  }

  /**
   * Ends a key for good; no member accepts it once the stage has completed, nor one that is not
   * there once it has failed for that: it may have been there for an earlier try.
   */
  public CompletionStage<Void> delete(Permit permit, String keyId) {
    Optional<ApiKey> present = managed(permit, keyId);
    present.ifPresent(Keys::requireNotRoot);
    CompletionStage<Boolean> removed =
        present.isPresent()
            ? registry.remove(keyId)
            : registry.update(keyId, key -> key).thenApply(same -> false);
    return removed.thenAccept(wasThere -> {
      if (!wasThere) {
        throw unknown(keyId);
      }
    });
  }

  /** Revokes a key and keeps its entry; no member accepts it once the stage has completed. */
  public CompletionStage<ApiKey> deactivate(Permit permit, String keyId) {
    requireNotRoot(get(permit, keyId));
    return changed(keyId, registry.update(keyId, key -> key.withActive(false)));
  }

  /** Changes name and grants; null leaves them. */
  public CompletionStage<ApiKey> update(
      Permit permit, String keyId, @Nullable String name, @Nullable List<Grant> grants) {
    ApiKey present = get(permit, keyId);
    requireNotRoot(present);
    if (!present.active()) {
      throw new Refusal.Conflict("this key was revoked; make a new one");
    }
    if (grants != null && !permit.onCluster()) {
      requireCovered(permit.key(), grants);
    }
    return changed(
        keyId,
        registry.update(
            keyId,
            key ->
                key.with(
                    name == null ? key.name() : name, grants == null ? key.grants() : grants)));
  }

  /**
   * Makes a key of the same rights that lasts as long as the old one was to, and ends the old one
   * after {@code grace}; that may be asked for again meanwhile. It does not outlive the key of a
   * namespace's administrator who asks for it.
   */
  public CompletionStage<Rotated> rotate(Permit permit, String keyId, Duration grace) {
    ApiKey old = get(permit, keyId);
    requireNotRoot(old);
    if (!old.active()) {
      throw new Refusal.Conflict("this key was revoked; make a new one");
    }
    Spec same = new Spec(old.name(), old.scope(), old.grants(), old.givenExpiresAt());
    Spec bounded = permit.onCluster() ? same : same.endingBy(permit.key().expiresAt());
    return issue(bounded, old.homeNamespace())
        .thenCompose(issued -> end(keyId, grace).thenApply(ended -> new Rotated(issued, ended)));
  }

  private CompletionStage<ApiKey> end(String keyId, Duration grace) {
    long endsAt = clock.instant().plus(grace).getEpochSecond();
    return changed(
        keyId,
        registry.update(
            keyId,
            key -> {
              if (grace.isZero()) {
                return key.withActive(false);
              }
              Long present = key.expiresAt();
              return key.withExpiry(present == null ? endsAt : Math.min(present, endsAt));
            }));
  }

  private CompletionStage<Issued> issue(Spec spec, @Nullable String homeNamespace) {
    KeySecret secret = KeySecret.draw(random);
    ApiKey key =
        new ApiKey(
            secret.keyId(),
            spec.name(),
            spec.scope(),
            spec.grants(),
            homeNamespace,
            SecretHash.of(secret.token(), random),
            clock.instant().getEpochSecond(),
            spec.expiresAt(),
            spec.expiresAt(),
            true,
            1);
    return registry
        .add(key)
        .thenApply(added -> {
          if (!added) {
            throw new Refusal.Conflict("the drawn key id is taken; try again");
          }
          return new Issued(key, secret.token());
        });
  }

  private static CompletionStage<ApiKey> changed(
      String keyId, CompletionStage<Optional<ApiKey>> change) {
    return change.thenApply(changed -> changed.orElseThrow(() -> unknown(keyId)));
  }

  /** A namespace's administrator manages the keys made there, if they reach no further than he. */
  private static boolean manages(Permit permit, ApiKey key) {
    return permit.onCluster()
        || permit.namespace().equals(key.homeNamespace()) && covers(permit.key(), key.grants());
  }

  private static void requireCovered(ApiKey caller, List<Grant> grants) {
    if (!covers(caller, grants)) {
      throw new Refusal.ScopeTooLow("a key can grant only what its maker may administer");
    }
  }

  private static boolean covers(ApiKey caller, List<Grant> grants) {
    return grants.stream()
        .allMatch(grant ->
            caller.grants().stream()
                .anyMatch(own ->
                    own.covers(grant)
                        && own.scope().includes(Scope.ADMIN)
                        && own.scope().includes(grant.scope())));
  }

  private static void requireNotRoot(ApiKey key) {
    if (key.id().equals(ROOT_KEY_ID)) {
      throw new Refusal.InvalidRequest(
          "key_id", "the root key is set by the operator, through the node's configuration");
    }
  }

  private static Refusal unknown(String keyId) {
    return new Refusal.NotFound(Refusal.NotFound.Kind.KEY, keyId, "there is no such key");
  }
}
