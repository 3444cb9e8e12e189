package io.mnemogrid.perf.ann;

import io.mnemogrid.perf.Arguments;
import java.util.List;
import java.util.Set;

/**
 * What is compared, and how.
 *
 * @param threads numbers of threads that ask
 * @param buildThreads numbers of threads that build; 1 is built in any case
 */
record ComparisonOptions(
    RunOptions run, List<String> engines, List<Integer> threads, List<Integer> buildThreads) {
  static final String USAGE =
      """
      arguments: <vectors directory> [options]
      %s
        --engines <name>,<name>,...         (%s)
        --threads <n>,<n>,...               threads that ask (1,2)
        --build-threads <n>,<n>,...         threads that build (1,2)\
      """
          .formatted(RunOptions.USAGE, String.join(",", Engines.DEFAULT));

  static ComparisonOptions of(RunOptions run) {
    return new ComparisonOptions(run, Engines.DEFAULT, List.of(1, 2), List.of(1, 2));
  }

  /**
   * @throws IllegalArgumentException if the command line is not of the form of {@link #USAGE}
   */
  static Arguments arguments(String... args) {
    return Arguments.parse(
        RunOptions.namesAnd("--engines", "--threads", "--build-threads"), Set.of(), args);
  }

  /**
   * @throws IllegalArgumentException if a value is not as {@link #USAGE} says
   */
  static ComparisonOptions of(Arguments arguments) {
    return new ComparisonOptions(
        RunOptions.of(arguments),
        arguments.texts("--engines", String.join(",", Engines.DEFAULT)),
        arguments.counts("--threads", "1,2"),
        arguments.counts("--build-threads", "1,2"));
  }

  ComparisonOptions withEngines(List<String> value) {
    return new ComparisonOptions(run, value, threads, buildThreads);
  }

  ComparisonOptions withThreads(List<Integer> asking, List<Integer> building) {
    return new ComparisonOptions(run, engines, asking, building);
  }
}
