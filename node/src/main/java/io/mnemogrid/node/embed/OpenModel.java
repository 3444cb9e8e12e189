package io.mnemogrid.node.embed;

import ai.onnxruntime.OrtException;
import io.mnemogrid.node.embed.OnnxModel.Buffers;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A model in memory: its tokenizer and its network. Safe for any thread. */
final class OpenModel implements AutoCloseable {
  private final ModelCard card;
  private final Tokenizer tokenizer;
  private final OnnxModel network;
  private final Windows questions;
  private final Windows passages;
  private final Pairs pairs;

  private OpenModel(ModelCard card, Tokenizer tokenizer, OnnxModel network) throws IOException {
    this.card = card;
    this.tokenizer = tokenizer;
    this.network = network;
    questions = windows(card.prefixes().question());
    passages = windows(card.prefixes().passage());
    pairs = new Pairs(tokenizer, card.maxTokens());
  }

  /**
   * @param scratch folder for files that are gone again when this returns
   * @throws IOException when the files are no model that can be used; the message says why
   */
  static OpenModel open(ModelFiles files, Path scratch) throws IOException {
    Tokenizer tokenizer = files.tokenizer(scratch);
    try {
      return open(files, tokenizer, scratch);
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private static OpenModel open(ModelFiles files, Tokenizer tokenizer, Path scratch)
      throws IOException {
    OnnxModel network = files.network(scratch);
    try {
      return new OpenModel(files.card(), tokenizer, network);
    } catch (IOException | RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private Windows windows(String prefix) throws IOException {
    int[] words = tokenizer.encode(prefix);
    int least = Windows.leastTokens(tokenizer.template(), words);
    if (card.maxTokens() < least) {
      throw new IOException(
          "%s: max-tokens must be at least %d with the prefix '%s', was %d"
              .formatted(ModelCard.FILE, least, prefix, card.maxTokens()));
    }
    return new Windows(tokenizer.template(), card.maxTokens(), words);
  }

  Cut cutQuestion(String text) {
    return questions.cut(tokenizer.encode(behind(card.prefixes().question(), text)));
  }

  Cut cutPassage(String text) {
    return passages.cut(tokenizer.encode(behind(card.prefixes().passage(), text)));
  }

  /**
   * Byte-level tokenizers have one token for a word behind a space and another for it at the start.
   */
  private static String behind(String prefix, String text) {
    return prefix.isEmpty() ? text : " " + text;
  }

  Cut cutPair(String question, String text) {
    return pairs.pair(question, text);
  }

  /**
   * Reads windows together.
   *
   * @return a vector or a score a window, as the model's card has it
   */
  float[][] run(List<Tokens> windows, Buffers buffers) throws OrtException {
    return network.run(windows, tokenizer.padding(), buffers);
  }

  /**
   * Runs the model once on a window of full length, so that its first caller does not meet what its
   * description has got wrong, nor wait for what the runtime does only once.
   *
   * @throws IOException when that fails
   */
  void tryOut() throws IOException {
    int[] ids = fullWindow();
    int second = tokenizer.template().pair().hasTypes() ? ids.length / 2 : ids.length;
    try (Arena arena = Arena.ofConfined()) {
      int floats = Math.multiplyExact(ids.length, card.readout().floats());
      run(List.of(new Tokens(ids, second)), new Buffers(arena, ids.length, floats));
    } catch (OrtException e) {
      throw new IOException(
          "model.onnx: does not run on %d tokens (%s): %s"
              .formatted(ids.length, ModelCard.FILE, e.getMessage()),
          e);
    }
  }

  private int[] fullWindow() throws IOException {
    int[] word = tokenizer.encode("a", 1);
    if (word.length == 0) {
      throw TokenizerFile.wrong("gives no token for the letter a");
    }
    int[] ids = new int[card.maxTokens()];
    Arrays.fill(ids, word[0]);
    return passages.cut(ids).windows().getFirst().ids();
  }

  /** Nothing may be under way that was asked of it. */
  @Override
  public void close() {
    network.close();
    tokenizer.close();
  }
}
