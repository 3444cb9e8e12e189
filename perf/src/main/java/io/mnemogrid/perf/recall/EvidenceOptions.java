package io.mnemogrid.perf.recall;

import io.mnemogrid.perf.Arguments;
import io.mnemogrid.perf.MeasuredNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is asked, and how.
 *
 * @param clients that ask at the same time
 * @param topK hits that are asked for
 * @param seed of the intervals
 */
record EvidenceOptions(
    List<Configuration> configurations, List<Setting> settings, int clients, int topK, long seed) {
  static final String USAGE =
      """
      arguments: <directory> [options]
        --configurations <file>     ways to recall, as JSON (configurations.json of the program)
        --settings full,bare        what is sent with a text: all that is known, nothing (both)
        --clients <n>               clients that ask at the same time (1)
        --top-k <n>                 hits asked for, 20 to 1000 (20)
        --seed <n>                  of the intervals (42)
      """
          + MeasuredNode.USAGE;

  private static final String CONFIGURATIONS = "--configurations";
  private static final Set<String> OWN = Set.of("--settings", "--clients", "--top-k", "--seed");
  private static final int DEEPEST_FIGURE = 20;
  private static final int TOP_K_MOST = 1_000;

  EvidenceOptions {
    if (topK < DEEPEST_FIGURE || topK > TOP_K_MOST) {
      throw new IllegalArgumentException(
          "--top-k is %d to %d, was %d".formatted(DEEPEST_FIGURE, TOP_K_MOST, topK));
    }
  }

  /**
   * @throws IllegalArgumentException if the command line is not of the form of {@link #USAGE}
   */
  static Arguments arguments(String... args) {
    return MeasuredNode.arguments(OWN, CONFIGURATIONS, args);
  }

  /**
   * @throws IllegalArgumentException if a value is not as {@link #USAGE} says
   */
  static EvidenceOptions of(Arguments arguments) {
    return new EvidenceOptions(
        arguments.has(CONFIGURATIONS)
            ? Configuration.read(Path.of(arguments.text(CONFIGURATIONS, "")))
            : Configuration.standard(),
        arguments.texts("--settings", "full,bare").stream().map(Setting::named).toList(),
        arguments.count("--clients", 1),
        arguments.count("--top-k", DEEPEST_FIGURE),
        arguments.count("--seed", 42));
  }
}
