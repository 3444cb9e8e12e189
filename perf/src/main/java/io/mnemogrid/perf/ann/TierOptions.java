package io.mnemogrid.perf.ann;

import java.util.Arrays;
import java.util.List;

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
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it is not as {@link #USAGE} says
   */
  static TierOptions parse(String... args) {
    CommandLine line = CommandLine.parse(args);
    return line.applyTo(of(RunOptions.of(line.directory())), TierOptions::with);
  }

  private TierOptions with(CommandLine.Option option) {
    return option.name().equals("--parts")
        ? withParts(Arrays.stream(option.value().split(",", -1)).map(TierPart::of).toList())
        : new TierOptions(run.with(option), parts);
  }

  TierOptions withParts(List<TierPart> value) {
    return new TierOptions(run, value);
  }
}
