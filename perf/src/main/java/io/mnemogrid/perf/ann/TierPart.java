package io.mnemogrid.perf.ann;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The parts of {@link TierFigures}, each of which stands for itself. */
enum TierPart {
  SCAN,
  SHARDS,
  GRAPHS,
  WRITES,
  MEMORY,
  FILTERS,
  DELETIONS,
  IMAGES,
  ALLOCATION,
  BUILDS;

  void measure(Workbench bench) {
    switch (this) {
      case SCAN -> new ScanFigures(bench).measure();
      case SHARDS -> new ShardFigures(bench).measure();
      case GRAPHS -> new ShardFigures(bench).measureGraphs();
      case WRITES -> new WriteFigures(bench).measure();
      case MEMORY -> new MemoryFigures(bench).measure();
      case FILTERS -> new FilterFigures(bench).measure();
      case DELETIONS -> new DeletionFigures(bench).measure();
      case IMAGES -> new ImageFigures(bench).measure();
      case ALLOCATION -> new AllocationFigures(bench).measure();
      case BUILDS -> new BulkBuildFigures(bench).measure();
    }
  }

  /** The names of all, as options have them. */
  static String names() {
    return Arrays.stream(values()).map(TierPart::optionName).collect(Collectors.joining(","));
  }

  private String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The part with this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static TierPart of(String name) {
    return Arrays.stream(values())
        .filter(part -> part.optionName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no part is called " + name));
  }
}
