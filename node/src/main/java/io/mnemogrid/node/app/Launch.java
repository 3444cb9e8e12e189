package io.mnemogrid.node.app;

import io.mnemogrid.node.config.ConfigLoader;
import io.mnemogrid.node.config.InvalidConfigException;
import io.mnemogrid.node.config.NodeConfig;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** A node as a process: settings in, one node, what it says to its operator, and its end. */
final class Launch {
  /** As sysexits.h has it: the command line is wrong. */
  private static final int EXIT_USAGE = 64;

  /** As sysexits.h has it: the program itself is wrong. */
  static final int EXIT_SOFTWARE = 70;

  /** As sysexits.h has it: something that is needed, such as a port, cannot be had. */
  private static final int EXIT_UNAVAILABLE = 69;

  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;

  private Launch() {}

  static void main(String[] args) {
    if (args.length > 0) {
      fail(EXIT_USAGE, "takes no arguments; settings are in config/node.yaml and MNEMOGRID_*");
    }
    routeLogs();
    try {
      run(ConfigLoader.load(System.getenv()));
    } catch (InvalidConfigException e) {
      ERR.println(e.getMessage());
      System.exit(Main.EXIT_CONFIG);
    }
  }

  private static void run(NodeConfig config) {
    AtomicReference<@Nullable Node> running = new AtomicReference<>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running.get()), "shutdown"));
    boolean beginsAnew = true;
    while (beginsAnew) {
      Node node = start(config);
      if (node != null) {
        running.set(node);
        announce(node, config);
        beginsAnew = hasToBeginAnew(node);
        running.set(null);
      }
    }
  }

  /** Null if it is to be started again. */
  private static @Nullable Node start(NodeConfig config) {
    try {
      return Node.start(config);
    } catch (BeginsAnewException e) {
      ERR.println("mnemogrid: begins anew, as the cluster does");
    } catch (StartFailedException e) {
      fail(EXIT_UNAVAILABLE, "not started: " + e.getMessage());
    } catch (InvalidConfigException e) {
      throw e; // settings that can only be judged by what they name; nothing runs
    } catch (RuntimeException | Error e) {
      e.printStackTrace(ERR); // a bug of ours, or a broken installation
      System.exit(EXIT_SOFTWARE); // threads that were started must not keep a dead node alive
    }
    return null;
  }

  private static boolean hasToBeginAnew(Node node) {
    try {
      if (node.awaitStopped()) {
        ERR.println("mnemogrid: begins anew, as the cluster does");
        node.close();
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody here does that; the node stops with the JVM
    }
    return false;
  }

  /** Runs on SIGTERM and SIGINT; the JVM ends with 143 or 130 when it returns. */
  private static void stop(@Nullable Node node) {
    if (node != null) {
      OUT.println("mnemogrid: stopping");
      node.close();
      OUT.println("mnemogrid: stopped");
    }
  }

  private static void announce(Node node, NodeConfig config) {
    node.madeRootKey()
        .ifPresent(key ->
            OUT.println(
                "mnemogrid: no root key was given, so one was made; it is shown this once: "
                    + key));
    OUT.printf(
        "mnemogrid: listening on http://%s:%d, cluster '%s' of %d%n",
        config.http().host(), node.httpPort(), config.cluster().name(), node.clusterSize());
  }

  /** Everything that libraries say goes one way, to the logger that config/ sets up. */
  static void routeLogs() {
    System.setProperty("hazelcast.logging.type", "slf4j");
    LogManager.getLogManager().reset();
    SLF4JBridgeHandler.install();
  }

  private static void fail(int code, String problem) {
    ERR.println("mnemogrid: " + problem);
    System.exit(code);
  }
}
