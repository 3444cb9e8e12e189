package io.mnemogrid.node.embed;

import java.io.IOException;
import java.nio.file.Path;

/** Where a model's description, tokenizer and network come from. */
sealed interface ModelFiles permits BundledModel, ModelFolder {
  ModelCard card();

  /**
   * Opens the tokenizer.
   *
   * @param scratch folder for files that are gone again when this returns; made when missing
   * @throws IOException when the file is none, or one that cannot be used
   */
  Tokenizer tokenizer(Path scratch) throws IOException;

  /**
   * Opens the network.
   *
   * @param scratch folder for files that are gone again when this returns; made when missing
   * @throws IOException when it cannot be opened, or is not what its description says
   */
  OnnxModel network(Path scratch) throws IOException;
}
