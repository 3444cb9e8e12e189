package io.mnemogrid.node.config;

/**
 * Where a node keeps files.
 *
 * @param dir a folder, or {@code ""}. Known so that deployments can name it, and not used yet: this
 *     version keeps all memories in memory
 */
public record DataConfig(String dir) {
  public static final DataConfig DEFAULTS = new DataConfig("");

  public DataConfig {
    var check = Violations.in("data");
    check.that(dir.indexOf('\0') < 0, "dir", "must be the path of a folder");
    check.orThrow();
  }
}
