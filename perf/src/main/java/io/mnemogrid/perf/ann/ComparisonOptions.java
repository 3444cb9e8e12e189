package io.mnemogrid.perf.ann;

import io.mnemogrid.perf.Arguments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

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

  private static final Set<String> OPTIONS =
      Set.of("--set", "--count", "--engines", "--reps", "--millis", "--threads", "--build-threads");

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
    Arguments arguments = Arguments.parse(OPTIONS, Set.of(), args);
    ComparisonOptions standard = of(arguments.directory());
    return new ComparisonOptions(
        standard.directory,
        arguments.text("--set", standard.set),
        arguments.count("--count", standard.count),
        arguments.texts("--engines", String.join(",", standard.engines)),
        arguments.count("--reps", standard.repetitions),
        Duration.ofMillis(arguments.count("--millis", (int) standard.repetition.toMillis())),
        arguments.counts("--threads", "1,2"),
        arguments.counts("--build-threads", "1,2"));
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
