package io.mnemogrid.node.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A credential as the cluster keeps it: a salted hash of the secret, never the secret.
 *
 * @param id public name of the key, unique for ever
 * @param superAdmin whether it may manage every key
 * @param homeNamespace the namespace through whose routes it was made, or null
 * @param createdAt unix seconds
 * @param expiresAt unix seconds from which it is refused, or null for never
 * @param revision counts the changes of this entry, from 1
 */
public record ApiKey(
    String id,
    String name,
    boolean superAdmin,
    List<Grant> grants,
    @Nullable String homeNamespace,
    SecretHash secret,
    long createdAt,
    @Nullable Long expiresAt,
    boolean active,
    long revision) {

  public static final int MAX_GRANTS = 100;

  public ApiKey {
    grants = List.copyOf(grants);
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

  /**
   * The key with other grants; without the scope of a super admin among them it is none any more.
   */
  public ApiKey with(String newName, List<Grant> newGrants) {
    return changed(newName, newGrants, expiresAt, active);
  }

  private ApiKey changed(
      String newName, List<Grant> newGrants, @Nullable Long newExpiresAt, boolean nowActive) {
    boolean stillSuper =
        superAdmin && newGrants.stream().anyMatch(grant -> grant.scope() == Scope.SUPER_ADMIN);
    return new ApiKey(
        id,
        newName,
        stillSuper,
        newGrants,
        homeNamespace,
        secret,
        createdAt,
        newExpiresAt,
        nowActive,
        revision + 1);
  }
}
