package io.mnemogrid.node.embed;

import io.mnemogrid.node.embed.Readout.FirstToken;
import io.mnemogrid.node.embed.Readout.Logit;
import io.mnemogrid.node.embed.Readout.Mean;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.model.Unrelated;
import java.io.IOException;
import java.io.Reader;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a model is and how it is used, as the file {@code model.properties} beside it says.
 *
 * @param name recorded with every namespace whose vectors it makes
 * @param maxTokens tokens in one window, the special ones and a prefix included
 * @param output the model's output that is read
 * @param prefixes what stands before every text
 * @param unrelated how similar it finds texts that have nothing to do with each other, if known
 */
record ModelCard(
    String name,
    int maxTokens,
    String output,
    Readout readout,
    Prefixes prefixes,
    @Nullable Unrelated unrelated) {
  static final String FILE = "model.properties";

  /** Memory of a run grows with the square of its length; longer texts are read in windows. */
  static final int TOKENS_MAX = 2_048;

  /** With the two special tokens that most models have. */
  private static final int TOKENS_MIN = Windows.ROOM_MIN + 2;

  private static final int PREFIX_CHARS_MAX = 1_024;
  private static final String UNRELATED_MEAN = "unrelated-mean";
  private static final String UNRELATED_DEVIATION = "unrelated-deviation";
  private static final Set<String> SENTENCE_KEYS =
      Set.of(
          "dimension",
          "pooling",
          "max-tokens",
          "query-prefix",
          "passage-prefix",
          "output",
          UNRELATED_MEAN,
          UNRELATED_DEVIATION);
  private static final Set<String> RERANKER_KEYS = Set.of("max-tokens", "output");

  /** Words that a model wants before a question and before a text that is kept; mostly none. */
  record Prefixes(String question, String passage) {
    static final Prefixes NONE = new Prefixes("", "");
  }

  /**
   * Reads the description of a model that gives vectors.
   *
   * @throws IOException when it is none; the message says what is the matter
   */
  static ModelCard ofSentenceModel(String name, Reader file) throws IOException {
    Properties given = properties(file, SENTENCE_KEYS);
    int dimension = number(given, "dimension", 1, Space.MAX_DIMENSION);
    String pooling = required(given, "pooling");
    return new ModelCard(
        name,
        number(given, "max-tokens", TOKENS_MIN, TOKENS_MAX),
        text(given, "output", "last_hidden_state"),
        switch (pooling) {
          case "cls" -> new FirstToken(dimension);
          case "mean" -> new Mean(dimension);
          default -> throw wrong("pooling must be 'cls' or 'mean', was '" + pooling + "'");
        },
        new Prefixes(prefix(given, "query-prefix"), prefix(given, "passage-prefix")),
        unrelated(given));
  }

  /** Reads the description of a model that scores a question and a text; throws as the other. */
  static ModelCard ofReranker(String name, Reader file) throws IOException {
    Properties given = properties(file, RERANKER_KEYS);
    return new ModelCard(
        name,
        number(given, "max-tokens", TOKENS_MIN, TOKENS_MAX),
        text(given, "output", "logits"),
        new Logit(),
        Prefixes.NONE,
        null);
  }

  private static @Nullable Unrelated unrelated(Properties given) throws IOException {
    if (!given.containsKey(UNRELATED_MEAN) && !given.containsKey(UNRELATED_DEVIATION)) {
      return null;
    }
    String mean = required(given, UNRELATED_MEAN);
    String deviation = required(given, UNRELATED_DEVIATION);
    try {
      return new Unrelated(Double.parseDouble(mean), Double.parseDouble(deviation));
    } catch (IllegalArgumentException e) {
      throw wrong(
          "%s must be a number of -1..1 and %s one above 0, were '%s' and '%s'"
              .formatted(UNRELATED_MEAN, UNRELATED_DEVIATION, mean, deviation));
    }
  }

  private static Properties properties(Reader file, Set<String> known) throws IOException {
    Properties given = new Properties();
    try {
      given.load(file);
    } catch (IllegalArgumentException e) {
      throw wrong("is not a file of properties: " + e.getMessage());
    }
    for (String key : given.stringPropertyNames()) {
      if (!known.contains(key)) {
        throw wrong(
            "'%s' is not a known key; there are: %s"
                .formatted(key, String.join(", ", new TreeSet<>(known))));
      }
    }
    return given;
  }

  private static int number(Properties given, String key, int min, int max) throws IOException {
    String value = required(given, key);
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong("%s must be a number of %d..%d, was '%s'".formatted(key, min, max, value));
  }

  private static String prefix(Properties given, String key) throws IOException {
    String prefix = text(given, key, "");
    if (prefix.length() > PREFIX_CHARS_MAX) {
      throw wrong("%s must have at most %d characters".formatted(key, PREFIX_CHARS_MAX));
    }
    return prefix;
  }

  private static String required(Properties given, String key) throws IOException {
    String value = text(given, key, "");
    if (value.isEmpty()) {
      throw wrong(key + " is missing");
    }
    return value;
  }

  private static String text(Properties given, String key, String otherwise) {
    return given.getProperty(key, otherwise).strip();
  }

  private static IOException wrong(String problem) {
    return new IOException(FILE + ": " + problem);
  }
}
