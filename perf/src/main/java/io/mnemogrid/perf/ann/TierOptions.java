package io.mnemogrid.perf.ann;

import io.mnemogrid.perf.Arguments;
import java.util.List;
import java.util.Set;

/**
 * What is measured of the tiers.
 *
 * @param parts in this order
 */
record TierOptions(RunOptions run, List<TierPart> parts) {
  static final String USAGE =
      """
      arguments: <vectors directory> [options]
      %s
        --parts <name>,<name>,...           (%s)\
      """
          .formatted(RunOptions.USAGE, TierPart.names());

  static TierOptions of(RunOptions run) {
    return new TierOptions(run, List.of(TierPart.values()));
  }

  /**
   * @throws IllegalArgumentException if the command line is not of the form of {@link #USAGE}
   */
  static Arguments arguments(String... args) {
    return Arguments.parse(RunOptions.namesAnd("--parts"), Set.of(), args);
  }

  /**
   * @throws IllegalArgumentException if a value is not as {@link #USAGE} says
   */
  static TierOptions of(Arguments arguments) {
    TierOptions all = of(RunOptions.of(arguments));
    return arguments.has("--parts")
        ? all.withParts(arguments.texts("--parts", "").stream().map(TierPart::of).toList())
        : all;
  }

  TierOptions withParts(List<TierPart> value) {
    return new TierOptions(run, value);
  }
}
