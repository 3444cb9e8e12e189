package io.mnemogrid.node.embed;

import java.nio.file.Path;

/** What requests carry in tests that open no model. */
final class Readings {
  private Readings() {}

  static Reading any() {
    return packedBy(new Packing(1, 512));
  }

  static Reading packedBy(Packing packing) {
    ModelCard card =
        new ModelCard("any", 512, "any", new Readout.Mean(1), ModelCard.Prefixes.NONE, null);
    return new Reading(
        new OpenModels(1, Path.of("unused")),
        new BundledModel(card),
        OpenModel::cutPassage,
        packing);
  }
}
