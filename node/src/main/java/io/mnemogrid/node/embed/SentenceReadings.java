package io.mnemogrid.node.embed;

/** What is done with a question, and with a text that is kept. */
record SentenceReadings(Reading questions, Reading passages) {
  static SentenceReadings of(OpenModels models, ModelFiles files, Packing packing) {
    return new SentenceReadings(
        new Reading(models, files, OpenModel::cutQuestion, packing),
        new Reading(models, files, OpenModel::cutPassage, packing));
  }
}
