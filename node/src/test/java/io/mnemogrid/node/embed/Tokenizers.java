package io.mnemogrid.node.embed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;

/** Opens tokenizers of texts and of models that come with the node. */
final class Tokenizers {
  static final Path SCRATCH = Path.of(System.getProperty("java.io.tmpdir"));

  private Tokenizers() {}

  static Tokenizer read(String json) throws IOException {
    return TokenizerFile.read(json.getBytes(UTF_8), SCRATCH);
  }

  static WordPiece bundled(String model) throws IOException {
    return (WordPiece) BundledModel.named(model).tokenizer(SCRATCH);
  }
}
