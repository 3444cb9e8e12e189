package io.mnemogrid.perf;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The node that is measured: one that runs already, or a process of its own with its own defaults,
 * which ends with this.
 */
public final class MeasuredNode implements AutoCloseable {
  private static final String URL = "--url";
  private static final String KEY = "--key";
  private static final String PID = "--pid";

  public static final String USAGE =
      """
        --url <url> --key <key>     a node that runs already (one is started, and ended)
        --pid <pid>                 its process, to wait until its indexer is done\
      """;

  private final ApiClient client;
  private final long pid;
  private final @Nullable NodeProcess own;

  private MeasuredNode(ApiClient client, long pid, @Nullable NodeProcess own) {
    this.client = client;
    this.pid = pid;
    this.own = own;
  }

  /**
   * Reads a command line whose options may choose a node, too.
   *
   * @param shown names of the program's own options
   * @param files one more, whose value is a file or a directory
   * @throws IllegalArgumentException if it is not of this form or has another option
   */
  public static Arguments arguments(Set<String> shown, String files, String... args) {
    return Arguments.parse(shown, Set.of(URL, KEY, PID, files), args);
  }

  /**
   * The node that the options choose.
   *
   * @param jvmOptions of a node that is started
   */
  public static MeasuredNode of(Arguments arguments, List<String> jvmOptions) {
    return arguments.has(URL)
        ? new MeasuredNode(
            new ApiClient(arguments.text(URL, ""), arguments.text(KEY, "")),
            arguments.count(PID, 0),
            null)
        : start(jvmOptions);
  }

  public static MeasuredNode start(List<String> jvmOptions) {
    NodeProcess own = NodeProcess.cluster(1, jvmOptions).getFirst();
    return new MeasuredNode(new ApiClient(own.url(), NodeProcess.ROOT_KEY), own.pid(), own);
  }

  public ApiClient client() {
    return client;
  }

  public void printVersion(Report report) {
    report.line(
        "node:    version %s, %s",
        client.get("/health").json().getString("version"),
        own == null ? "which ran already" : "a process of its own");
  }

  /** Waits until nothing is left to be indexed, if it is known which process the node is. */
  public void awaitIndexed(Report report) {
    if (pid > 0) {
      ProcessorUse.awaitQuiet(pid, report);
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
