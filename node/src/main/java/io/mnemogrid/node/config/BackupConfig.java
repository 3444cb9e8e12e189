package io.mnemogrid.node.config;

/**
 * Where a node keeps the backups that it makes.
 *
 * @param dir a folder, or {@code ""} for none
 */
public record BackupConfig(String dir) {
  public static final BackupConfig DEFAULTS = new BackupConfig("");

  public BackupConfig {
    var check = Violations.in("backup");
    check.that(dir.indexOf('\0') < 0, "dir", "must be the path of a folder");
    check.orThrow();
  }
}
