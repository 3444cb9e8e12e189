package io.mnemogrid.perf.ann;

import java.util.Arrays;
import java.util.List;

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
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it is not as {@link #USAGE} says
   */
  static ComparisonOptions parse(String... args) {
    CommandLine line = CommandLine.parse(args);
    return line.applyTo(of(RunOptions.of(line.directory())), ComparisonOptions::with);
  }

  private ComparisonOptions with(CommandLine.Option option) {
    String value = option.value();
    return switch (option.name()) {
      case "--engines" -> withEngines(Arrays.asList(value.split(",", -1)));
      case "--threads" -> withThreads(numbers(value), buildThreads);
      case "--build-threads" -> withThreads(threads, numbers(value));
      default -> new ComparisonOptions(run.with(option), engines, threads, buildThreads);
    };
  }

  private static List<Integer> numbers(String value) {
    return Arrays.stream(value.split(",", -1)).map(Integer::valueOf).toList();
  }

  ComparisonOptions withEngines(List<String> value) {
    return new ComparisonOptions(run, value, threads, buildThreads);
  }

  ComparisonOptions withThreads(List<Integer> asking, List<Integer> building) {
    return new ComparisonOptions(run, engines, asking, building);
  }
}
