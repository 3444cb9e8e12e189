package io.mnemogrid.perf.recall;

import io.mnemogrid.perf.Arguments;
import io.mnemogrid.perf.MeasuredNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is stored and asked for latency's sake.
 *
 * @param vectors directory of prepared vectors; if there is none, the node embeds all texts
 * @param count memories of the large namespace
 * @param smallCount memories of the small one
 * @param warmUp questions to the small one, before those that count, with each routing
 * @param clients numbers of clients that ask the large one
 * @param rounds how often each asks all queries of the large one
 */
record LatencyOptions(
    Optional<Path> vectors,
    int count,
    int smallCount,
    int warmUp,
    List<Integer> clients,
    int rounds,
    List<String> routings) {
  static final String USAGE =
      """
      arguments: <texts directory> [options]
        --vectors <directory>       base.f32 and queries.f32 of these texts (the node embeds them)
        --count <n>                 memories of the large namespace (100000)
        --small <n>                 memories of the small namespace (1000)
        --warm-up <n>               questions to the small one before those that count (1500)
        --clients <n>,<n>,...       clients that ask the large one (1,4)
        --rounds <n>                how often each asks all queries of the large one (3)
        --routings <name>,...       ways to recall (hybrid,vector,bm25)
      """
          + MeasuredNode.USAGE;

  private static final String VECTORS = "--vectors";
  private static final Set<String> OWN =
      Set.of("--count", "--small", "--warm-up", "--clients", "--rounds", "--routings");

  /**
   * @throws IllegalArgumentException if the command line is not of the form of {@link #USAGE}
   */
  static Arguments arguments(String... args) {
    return MeasuredNode.arguments(OWN, VECTORS, args);
  }

  /**
   * @throws IllegalArgumentException if a value is not as {@link #USAGE} says
   */
  static LatencyOptions of(Arguments arguments) {
    return new LatencyOptions(
        arguments.has(VECTORS)
            ? Optional.of(Path.of(arguments.text(VECTORS, "")))
            : Optional.empty(),
        arguments.count("--count", 100_000),
        arguments.count("--small", 1_000),
        arguments.count("--warm-up", 1_500),
        arguments.counts("--clients", "1,4"),
        arguments.count("--rounds", 3),
        arguments.texts("--routings", "hybrid,vector,bm25"));
  }

  PreparedTexts read(Path directory, String name, int most) {
    return PreparedTexts.read(directory, vectors, name, most);
  }
}
