package io.mnemogrid.node.embed;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * The native code of Hugging Face's tokenizers, which is in memory from its first use on.
 *
 * <p>Loaded here and not by the loader that comes with it: that one looks for processors of
 * graphics, takes orders from variables of the environment, keeps files in the user's home, and may
 * ask the network. Nothing of it is on a node's class path.
 */
final class NativeTokenizers {
  private static boolean loaded;

  private NativeTokenizers() {}

  /**
   * @param scratch folder where the code lies while it is loaded; made when missing
   * @throws IOException when there is none for this machine, or it cannot be loaded
   */
  @SuppressWarnings("restricted") // config/jvm.args allows native code
  static synchronized void load(Path scratch) throws IOException {
    if (loaded) {
      return;
    }
    String platform = platform();
    String library = System.mapLibraryName("tokenizers");
    try (InputStream in =
        TokenizersLibrary.class.getResourceAsStream(
            "/native/lib/%s/cpu/%s".formatted(platform, library))) {
      if (in == null) {
        throw new IOException("there are no tokenizers but WordPiece for " + platform);
      }
      Files.createDirectories(scratch);
      Path file = Files.createTempFile(scratch, "tokenizers-", "-" + library);
      try {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        System.load(file.toAbsolutePath().toString());
        loaded = true;
      } catch (UnsatisfiedLinkError e) {
        throw new IOException("the tokenizers' library cannot be loaded: " + e.getMessage(), e);
      } finally {
        // It stays in memory, so nothing is left behind however the process ends.
        Files.deleteIfExists(file);
      }
    }
  }

  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.startsWith("mac") ? "osx" : system)
        + "-"
        + (processor.equals("amd64") ? "x86_64" : processor);
  }
}
