package io.mnemogrid.perf.ann;

import io.mnemogrid.perf.Arguments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  private static final Set<String> NAMES = Set.of("--set", "--count", "--reps", "--millis");
  private static final String JAVA =
      "java @config/jvm.args -cp 'perf/target/classes:perf/target/lib/*:node/target/node.jar' ";

  static final String USAGE =
      """
        --set sentences|million|clustered   (sentences)
        --count <n>                         only the first n vectors (all)
        --reps <n>                          repetitions of a measurement (5)
        --millis <n>                        how long each takes (1000)\
      """;

  RunOptions {
    if (repetitions < 1 || !repetition.isPositive()) {
      throw new IllegalArgumentException("repetitions and their length have to be positive");
    }
  }

  static RunOptions of(Path directory) {
    return new RunOptions(directory, "sentences", Integer.MAX_VALUE, 5, Duration.ofSeconds(1));
  }

  /**
   * Reads the options of {@link #USAGE}.
   *
   * @throws IllegalArgumentException if one is not as that says
   */
  static RunOptions of(Arguments arguments) {
    RunOptions standard = of(arguments.directory());
    return new RunOptions(
        standard.directory,
        arguments.text("--set", standard.set),
        arguments.count("--count", standard.count),
        arguments.count("--reps", standard.repetitions),
        Duration.ofMillis(arguments.count("--millis", (int) standard.repetition.toMillis())));
  }

  /** {@link #NAMES} and others. */
  static Set<String> namesAnd(String... others) {
    return Stream.concat(NAMES.stream(), Stream.of(others)).collect(Collectors.toSet());
  }

  /** How to run {@code program} so again, without the folder of this machine. */
  static String command(Class<?> program, Arguments arguments) {
    return (JAVA + program.getName() + " <vectors directory> " + arguments.shown()).strip();
  }

  RunOptions withRepetitions(int number, Duration each) {
    return new RunOptions(directory, set, count, number, each);
  }

  VectorSet vectors() {
    return new VectorSets(directory).set(set, count);
  }
}
