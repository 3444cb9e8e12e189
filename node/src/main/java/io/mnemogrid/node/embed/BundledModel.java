package io.mnemogrid.node.embed;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The model that comes with the node, as resources of its jar. */
final class BundledModel {
  private static final String FOLDER = "/models/bge-small-en-v1.5-q/";

  private BundledModel() {}

  static ModelCard card() throws IOException {
    try (InputStream in = resource("model.properties")) {
      return ModelCard.read(in);
    }
  }

  static Vocabulary vocabulary() throws IOException {
    try (InputStream in = resource("tokenizer.json")) {
      return Vocabulary.read(in);
    }
  }

  /**
   * Opens the model by way of a file in the folder, which is gone again when this returns: the
   * runtime reads all of it, and so nothing is left behind however the process ends.
   */
  static OnnxModel open(Path folder, int dimension) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "embedding-model-", ".onnx");
    try {
      try (InputStream in = resource("model.onnx")) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
      return OnnxModel.open(file, dimension);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream in = BundledModel.class.getResourceAsStream(FOLDER + name);
    if (in == null) {
      throw new FileNotFoundException("the node's jar lacks " + FOLDER + name);
    }
    return in;
  }
}
