package io.mnemogrid.perf.ann;

import java.nio.file.Path;
import java.security.CodeSource;

/** The release of a library, as the name of its jar tells. */
final class JarVersion {
  private JarVersion() {}

  static String of(Class<?> type, String artifact) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      return "of unknown release";
    }
    String file = String.valueOf(Path.of(source.getLocation().getPath()).getFileName());
    return file.startsWith(artifact + "-")
        ? file.substring(artifact.length() + 1).replace(".jar", "")
        : file;
  }
}
