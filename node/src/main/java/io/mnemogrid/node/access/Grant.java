package io.mnemogrid.node.access;

import io.mnemogrid.node.model.NamespaceName;

/**
 * A key's right on namespaces.
 *
 * @param pattern an exact name, a prefix with one trailing {@code *} that stands for at least one
 *     character, or {@code *} for every namespace
 */
public record Grant(String pattern, Scope scope) {
  public static final String EVERY_NAMESPACE = "*";

  public Grant {
    pattern = NamespaceName.canonical(pattern);
  }

  public boolean reaches(String namespace) {
    if (pattern.equals(EVERY_NAMESPACE)) {
      return true;
    }
    if (pattern.endsWith("*")) {
      int prefix = pattern.length() - 1;
      return namespace.length() > prefix && namespace.regionMatches(0, pattern, 0, prefix);
    }
    return namespace.equals(pattern);
  }

  /** Whether every namespace that {@code other} reaches is reached by this grant too. */
  public boolean covers(Grant other) {
    if (pattern.equals(EVERY_NAMESPACE)) {
      return true;
    }
    if (!pattern.endsWith("*")) {
      return pattern.equals(other.pattern);
    }
    if (other.pattern.equals(EVERY_NAMESPACE)) {
      return false;
    }
    return other.pattern.endsWith("*")
        ? other.pattern.startsWith(pattern.substring(0, pattern.length() - 1))
        : reaches(other.pattern);
  }
}
