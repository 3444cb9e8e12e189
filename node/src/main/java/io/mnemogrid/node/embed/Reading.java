package io.mnemogrid.node.embed;

/**
 * What is to be done with the texts of a request.
 *
 * @param models where the model is leased from
 * @param files the model
 * @param cutting how a text becomes windows
 * @param packing how many windows go into one run
 */
record Reading(OpenModels models, ModelFiles files, Cutting cutting, Packing packing) {

  /** Makes a text into what the model reads. */
  interface Cutting {
    Cut cut(OpenModel model, String text);
  }

  /** The same with texts made into windows in another way. */
  Reading cutBy(Cutting other) {
    return new Reading(models, files, other, packing);
  }

  /** Most tokens of one run, padding included. */
  int mostTokens() {
    return Math.max(packing.maxTokens(), files.card().maxTokens());
  }

  /** Most floats that the model gives for one run. */
  int mostFloats() {
    return Math.multiplyExact(mostTokens(), files.card().readout().floats());
  }
}
