package io.mnemogrid.node.embed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A sentence model that comes with the node, as resources of its jar. */
record BundledModel(ModelCard card) implements ModelFiles {
  private static final String FOLDER = "/models/";
  private static final List<String> NAMES =
      List.of("all-minilm-l6-v2-q", "bge-small-en-v1.5-q", "e5-small-v2-q");

  static List<BundledModel> all() throws IOException {
    List<BundledModel> all = new ArrayList<>();
    for (String name : NAMES) {
      all.add(named(name));
    }
    return all;
  }

  static BundledModel named(String name) throws IOException {
    try (Reader file = new InputStreamReader(resource(name, ModelCard.FILE), UTF_8)) {
      return new BundledModel(ModelCard.ofSentenceModel(name, file));
    }
  }

  @Override
  public Tokenizer tokenizer(Path scratch) throws IOException {
    try (InputStream in = resource(card.name(), ModelFolder.TOKENIZER)) {
      return TokenizerFile.read(in.readAllBytes(), scratch);
    }
  }

  /** By way of a file, since the runtime reads one with less memory than an array. */
  @Override
  public OnnxModel network(Path scratch) throws IOException {
    Files.createDirectories(scratch);
    Path file = Files.createTempFile(scratch, "embedding-model-", ".onnx");
    try {
      try (InputStream in = resource(card.name(), ModelFolder.NETWORK)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
      return OnnxModel.open(file, card);
    } finally {
      // The runtime has read all of it, so nothing is left behind however the process ends.
      Files.deleteIfExists(file);
    }
  }

  private static InputStream resource(String model, String name) throws IOException {
    String path = FOLDER + model + "/" + name;
    InputStream in = BundledModel.class.getResourceAsStream(path);
    if (in == null) {
      throw new FileNotFoundException("the node's jar lacks " + path);
    }
    return in;
  }
}
