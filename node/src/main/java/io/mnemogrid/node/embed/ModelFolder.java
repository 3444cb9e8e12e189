package io.mnemogrid.node.embed;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * An operator's model: a folder of its name with the files {@value #NETWORK}, {@value #TOKENIZER}
 * and {@code model.properties}. They are read in place, and must not change while a node runs.
 */
record ModelFolder(ModelCard card, Path folder) implements ModelFiles {
  static final String NETWORK = "model.onnx";
  static final String TOKENIZER = "tokenizer.json";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final long CARD_BYTES_MAX = 64 << 10;
  private static final long TOKENIZER_BYTES_MAX = 64 << 20;

  static ModelFolder ofSentenceModel(Path folder) throws IOException {
    return read(folder, ModelCard::ofSentenceModel);
  }

  static ModelFolder ofReranker(Path folder) throws IOException {
    return read(folder, ModelCard::ofReranker);
  }

  /** Makes a card of a name and the description in a file. */
  private interface CardReader {
    ModelCard read(String name, Reader file) throws IOException;
  }

  private static ModelFolder read(Path folder, CardReader cards) throws IOException {
    String name = name(folder);
    try (Reader file = Files.newBufferedReader(file(folder, ModelCard.FILE, CARD_BYTES_MAX))) {
      return new ModelFolder(cards.read(name, file), folder);
    } catch (CharacterCodingException e) {
      throw new IOException(ModelCard.FILE + ": must be text in UTF-8", e);
    }
  }

  private static String name(Path folder) throws IOException {
    String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    if (!NAME.matcher(name).matches()) {
      throw new IOException(
          "a model's folder is named by 1 to 64 letters, digits, '_', '-' and '.', beginning with a letter or digit");
    }
    return name;
  }

  @Override
  public Tokenizer tokenizer(Path scratch) throws IOException {
    return TokenizerFile.read(
        Files.readAllBytes(file(folder, TOKENIZER, TOKENIZER_BYTES_MAX)), scratch);
  }

  @Override
  public OnnxModel network(Path scratch) throws IOException {
    return OnnxModel.open(file(folder, NETWORK, Long.MAX_VALUE), card);
  }

  private static Path file(Path folder, String name, long maxBytes) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    }
    if (Files.size(file) > maxBytes) {
      throw new IOException("%s: has more than %d bytes".formatted(name, maxBytes));
    }
    return file;
  }
}
