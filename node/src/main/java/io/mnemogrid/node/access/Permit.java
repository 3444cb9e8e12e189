package io.mnemogrid.node.access;

import io.mnemogrid.node.model.NamespaceName;
import io.mnemogrid.node.model.Refusal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Proof that a key may do an action, on a namespace where the action is on one. The use cases take
 * nothing else, and the only way to one is {@link #require}: this is the one place of decision.
 */
public final class Permit {
  private final ApiKey key;
  private final Action action;
  private final @Nullable String namespace;

  private Permit(ApiKey key, Action action, @Nullable String namespace) {
    this.key = key;
    this.action = action;
    this.namespace = namespace;
  }

  /**
   * Decides over an action on a namespace, whether or not there is such a namespace.
   *
   * @throws Refusal.NamespaceDenied if no grant reaches the name
   * @throws Refusal.ScopeTooLow if those that do are of too low a scope
   */
  public static Permit require(ApiKey key, Action action, String namespace) {
    String name = NamespaceName.canonical(namespace);
    if (!key.reaches(name)) {
      throw new Refusal.NamespaceDenied(
          "this key does not reach the namespace it names; ask for a grant on it");
    }
    if (!key.holds(name, action.needed())) {
      throw new Refusal.ScopeTooLow(
          "this needs the scope '%s' on the namespace"
              .formatted(action.needed().name().toLowerCase(Locale.ROOT)));
    }
    return new Permit(key, action, name);
  }

  /**
   * Decides over an action that is on no single namespace.
   *
   * @throws Refusal.ScopeTooLow if it is on the whole cluster and the key is not a super admin's
   */
  public static Permit require(ApiKey key, Action action) {
    return switch (action.target()) {
      case CALLER -> new Permit(key, action, null);
      case CLUSTER -> {
        if (!key.superAdmin() || !key.unrestricted()) {
          throw new Refusal.ScopeTooLow("this needs an unrestricted key of scope 'super_admin'");
        }
        yield new Permit(key, action, null);
      }
      case NAMESPACE -> throw new IllegalArgumentException(action + " is on a namespace");
    };
  }

  public ApiKey key() {
    return key;
  }

  /**
   * The canonical name of the namespace the permit is for.
   *
   * @throws IllegalStateException if the action is on none
   */
  public String namespace() {
    if (namespace == null) {
      throw new IllegalStateException(action + " is on no namespace");
    }
    return namespace;
  }

  /** Whether the permit is for the whole cluster. */
  public boolean onCluster() {
    return action.target() == Action.Target.CLUSTER;
  }

  /** This permit, if it is for {@code expected}: a use case checks what it was handed. */
  public Permit forAction(Action expected) {
    if (action != expected) {
      throw new IllegalStateException("a permit for " + action + " was used for " + expected);
    }
    return this;
  }
}
