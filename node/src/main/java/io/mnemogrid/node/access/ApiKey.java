package io.mnemogrid.node.access;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A credential as the cluster keeps it: a salted hash of the secret, never the secret.
 *
 * @param id public name of the key, unique for ever
 * @param scope the one that all its grants have, or that clients are told of which know one scope a
 *     key; without any grant, the one that it has as soon as a namespace is added
 * @param homeNamespace the namespace through whose routes it was made, or null
 * @param createdAt unix seconds
 * @param expiresAt unix seconds from which it is refused, or null for never
 * @param givenExpiresAt the same as it was when the key was made: a rotation shortens only the time
 *     of the key that it replaces
 * @param revision counts the changes of this entry, from 1
 */
public record ApiKey(
    String id,
    String name,
    Scope scope,
    List<Grant> grants,
    @Nullable String homeNamespace,
    SecretHash secret,
    long createdAt,
    @Nullable Long expiresAt,
    @Nullable Long givenExpiresAt,
    boolean active,
    long revision) {

  public static final int MAX_GRANTS = 100;

  public ApiKey {
    grants = List.copyOf(grants);
    scope = common(grants, scope);
  }

  /**
   * A key that may do everything, for ever.
   *
   * @param id its name too
   */
  public static ApiKey ofEverything(String id, SecretHash secret, long createdAt) {
    List<Grant> all = List.of(new Grant(Grant.EVERY_NAMESPACE, Scope.SUPER_ADMIN));
    return new ApiKey(id, id, Scope.SUPER_ADMIN, all, null, secret, createdAt, null, null, true, 1);
  }

  private static Scope common(List<Grant> grants, Scope ofNone) {
    Set<Scope> scopes = grants.stream().map(Grant::scope).collect(Collectors.toSet());
    if (scopes.size() > 1) {
      boolean write = scopes.stream().allMatch(scope -> scope.includes(Scope.WRITE));
      return write ? Scope.WRITE : Scope.READ;
    }
    return scopes.isEmpty() ? ofNone : scopes.iterator().next();
  }

  /** Whether it may manage every key, if it reaches every namespace. */
  public boolean superAdmin() {
    return scope == Scope.SUPER_ADMIN;
  }

  /** Whether any grant reaches the namespace, whatever its scope. */
  public boolean reaches(String namespace) {
    for (Grant grant : grants) {
      if (grant.reaches(namespace)) {
        return true;
      }
    }
    return false;
  }

  /** Whether some grant that reaches the namespace includes the scope. */
  public boolean holds(String namespace, Scope scope) {
    for (Grant grant : grants) {
      if (grant.reaches(namespace) && grant.scope().includes(scope)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the key reaches every namespace. */
  public boolean unrestricted() {
    return grants.stream().anyMatch(grant -> grant.pattern().equals(Grant.EVERY_NAMESPACE));
  }

  public boolean expiredAt(long unixSeconds) {
    return expiresAt != null && unixSeconds >= expiresAt;
  }

  public ApiKey withActive(boolean nowActive) {
    return changed(name, grants, expiresAt, nowActive);
  }

  public ApiKey withExpiry(@Nullable Long newExpiresAt) {
    return changed(name, grants, newExpiresAt, active);
  }

  /** The key with another name and other grants, whose scope it takes, if there are any. */
  public ApiKey with(String newName, List<Grant> newGrants) {
    return changed(newName, newGrants, expiresAt, active);
  }

  private ApiKey changed(
      String newName, List<Grant> newGrants, @Nullable Long newExpiresAt, boolean nowActive) {
    return new ApiKey(
        id,
        newName,
        scope,
        newGrants,
        homeNamespace,
        secret,
        createdAt,
        newExpiresAt,
        givenExpiresAt,
        nowActive,
        revision + 1);
  }
}
