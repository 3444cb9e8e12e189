package io.mnemogrid.node.app;

import org.jspecify.annotations.Nullable;

/**
 * Where the JVM enters: looks whether this JVM can run a node at all, and hands over.
 *
 * <p>Compiled for Java 11, alone of all classes, so that an older JVM can load it and give the
 * advice. It must be the first thing that runs: once a library has started its threads, a failure
 * leaves a process behind that neither works nor ends.
 */
public final class Main {
  /** As sysexits.h has it: something is wrong with how the program is set up. */
  static final int EXIT_CONFIG = 78;

  private static final int JDK_FEATURE_MIN = 25;
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private Main() {}

  public static void main(String[] args) {
    String advice = advice();
    if (advice != null) {
      System.err.println(advice);
      System.exit(EXIT_CONFIG);
    }
    Launch.main(args);
  }

  private static @Nullable String advice() {
    int feature = Runtime.version().feature();
    if (feature < JDK_FEATURE_MIN) {
      return "mnemogrid: needs JDK "
          + JDK_FEATURE_MIN
          + " and this is "
          + feature
          + " ("
          + System.getProperty("java.home")
          + "); start it with node/serve, which finds one, or set JAVA_HOME";
    }
    if (!ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent()) {
      return "mnemogrid: needs the module "
          + VECTOR_MODULE
          + "; start it with node/serve, or with: java @config/jvm.args -jar node/target/node.jar";
    }
    return null;
  }
}
