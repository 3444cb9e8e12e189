package io.mnemogrid.perf.ann;

import java.nio.file.Path;
import java.time.Duration;

/**
 * On which vectors something is measured, how often, and for how long.
 *
 * @param directory with the prepared vectors
 * @param set one of {@link VectorSets}
 * @param count only the first so many vectors
 * @param repetitions of each measurement
 * @param repetition how long each takes
 */
record RunOptions(Path directory, String set, int count, int repetitions, Duration repetition) {
  static final String USAGE =
      """
        --set sentences|million|clustered   (sentences)
        --count <n>                         only the first n vectors (all)
        --reps <n>                          repetitions of a measurement (5)
        --millis <n>                        how long each takes (1000)\
      """;

  static RunOptions of(Path directory) {
    return new RunOptions(directory, "sentences", Integer.MAX_VALUE, 5, Duration.ofSeconds(1));
  }

  /**
   * With one option of {@link #USAGE}.
   *
   * @throws IllegalArgumentException if it is none
   */
  RunOptions with(CommandLine.Option option) {
    String value = option.value();
    return switch (option.name()) {
      case "--set" -> new RunOptions(directory, value, count, repetitions, repetition);
      case "--count" ->
          new RunOptions(directory, set, Integer.parseInt(value), repetitions, repetition);
      case "--reps" -> withRepetitions(Integer.parseInt(value), repetition);
      case "--millis" -> withRepetitions(repetitions, Duration.ofMillis(Long.parseLong(value)));
      default -> throw new IllegalArgumentException("unknown option " + option.name());
    };
  }

  RunOptions withRepetitions(int number, Duration each) {
    return new RunOptions(directory, set, count, number, each);
  }

  VectorSet vectors() {
    return new VectorSets(directory).set(set, count);
  }
}
