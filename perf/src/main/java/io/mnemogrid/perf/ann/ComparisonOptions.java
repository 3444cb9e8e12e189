package io.mnemogrid.perf.ann;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What is compared, and how long.
 *
 * @param directory with the prepared vectors
 * @param set one of {@link VectorSets}
 * @param count only the first so many vectors
 * @param repetitions of each measurement at equal recall
 * @param repetition how long each takes
 * @param threads numbers of threads that ask
 * @param buildThreads numbers of threads that build; 1 is built in any case
 */
record ComparisonOptions(
    Path directory,
    String set,
    int count,
    List<String> engines,
    int repetitions,
    Duration repetition,
    List<Integer> threads,
    List<Integer> buildThreads) {
  static final String USAGE =
      """
      arguments: <vectors directory> [options]
        --set sentences|million|clustered   (sentences)
        --count <n>                         only the first n vectors (all)
        --engines <name>,<name>,...         (%s)
        --reps <n>                          repetitions at equal recall (5)
        --millis <n>                        how long each takes (1000)
        --threads <n>,<n>,...               threads that ask (1,2)
        --build-threads <n>,<n>,...         threads that build (1,2)\
      """
          .formatted(String.join(",", Engines.DEFAULT));

  static ComparisonOptions of(Path directory) {
    return new ComparisonOptions(
        directory,
        "sentences",
        Integer.MAX_VALUE,
        Engines.DEFAULT,
        5,
        Duration.ofSeconds(1),
        List.of(1, 2),
        List.of(1, 2));
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it is not as {@link #USAGE} says
   */
  static ComparisonOptions parse(String... args) {
    if (args.length % 2 == 0) {
      throw new IllegalArgumentException(
          "a directory, and options with one value each, are wanted");
    }
    ComparisonOptions options = of(Path.of(args[0]));
    for (int i = 1; i < args.length; i += 2) {
      options = options.with(args[i], args[i + 1]);
    }
    return options;
  }

  private ComparisonOptions with(String option, String value) {
    return switch (option) {
      case "--set" -> withSet(value);
      case "--count" -> withCount(Integer.parseInt(value));
      case "--engines" -> withEngines(Arrays.asList(value.split(",", -1)));
      case "--reps" -> withRepetitions(Integer.parseInt(value), repetition);
      case "--millis" -> withRepetitions(repetitions, Duration.ofMillis(Long.parseLong(value)));
      case "--threads" -> withThreads(numbers(value), buildThreads);
      case "--build-threads" -> withThreads(threads, numbers(value));
      default -> throw new IllegalArgumentException("unknown option " + option);
    };
  }

  private static List<Integer> numbers(String value) {
    return Arrays.stream(value.split(",", -1)).map(Integer::valueOf).toList();
  }

  ComparisonOptions withSet(String value) {
    return new ComparisonOptions(
        directory, value, count, engines, repetitions, repetition, threads, buildThreads);
  }

  ComparisonOptions withCount(int value) {
    return new ComparisonOptions(
        directory, set, value, engines, repetitions, repetition, threads, buildThreads);
  }

  ComparisonOptions withEngines(List<String> value) {
    return new ComparisonOptions(
        directory, set, count, value, repetitions, repetition, threads, buildThreads);
  }

  ComparisonOptions withRepetitions(int number, Duration each) {
    return new ComparisonOptions(
        directory, set, count, engines, number, each, threads, buildThreads);
  }

  ComparisonOptions withThreads(List<Integer> asking, List<Integer> building) {
    return new ComparisonOptions(
        directory, set, count, engines, repetitions, repetition, asking, building);
  }
}
