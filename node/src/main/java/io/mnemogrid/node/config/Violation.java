package io.mnemogrid.node.config;

/**
 * One thing that is wrong with the settings.
 *
 * @param key the setting, as {@code http.port}
 * @param problem what would be right and what was found; never a secret
 */
public record Violation(String key, String problem) {}
