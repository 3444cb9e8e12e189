package io.mnemogrid.node.config;

import org.jspecify.annotations.Nullable;

/**
 * Who may do everything.
 *
 * @param rootApiKey the operator's key, any printable word, or null: the first node of the cluster
 *     makes one and shows it once
 */
public record AccessConfig(@Nullable String rootApiKey) {
  public static final int ROOT_API_KEY_CHARS_MAX = 512;

  /** No root key given. */
  public static final AccessConfig DEFAULTS = new AccessConfig(null);

  public AccessConfig {
    var check = Violations.in("");
    // It travels in a header: printable ASCII only. The value itself is in no message.
    check.that(
        rootApiKey == null
            || (rootApiKey.length() <= ROOT_API_KEY_CHARS_MAX
                && !rootApiKey.isEmpty()
                && rootApiKey.chars().allMatch(c -> c > ' ' && c < 127)),
        "rootApiKey",
        "must be 1..%d printable ASCII characters without spaces (value not shown)",
        ROOT_API_KEY_CHARS_MAX);
    check.orThrow();
  }

  /** Hides the key, so that no log line ever holds it. */
  @Override
  public String toString() {
    return "AccessConfig[rootApiKey=" + (rootApiKey == null ? "none" : "given") + "]";
  }
}
