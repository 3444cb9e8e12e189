package io.mnemogrid.node.model;

import java.util.regex.Pattern;

/** The spelling of namespace names, the same wherever a name comes in. */
public final class NamespaceName {
  /** Other clients spell the namespace of the agent X as this prefix and X. */
  public static final String AGENT_ALIAS_PREFIX = "_dakera_agent_";

  public static final int MAX_BYTES = 241;

  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

  private NamespaceName() {}

  /** The one name under which {@code spelled} is known: without the agents' prefix. */
  public static String canonical(String spelled) {
    return spelled.startsWith(AGENT_ALIAS_PREFIX)
        ? spelled.substring(AGENT_ALIAS_PREFIX.length())
        : spelled;
  }

  /** Whether a canonical name is well formed. */
  public static boolean isValid(String name) {
    return name.length() <= MAX_BYTES && VALID.matcher(name).matches() && !name.contains("..");
  }
}
