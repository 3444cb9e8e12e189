package io.mnemogrid.node.embed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.embed.HuggingFaceTokenizer.Specials;
import java.io.IOException;
import java.io.InputStream;
import java.lang.Character.UnicodeBlock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.collections.impl.set.mutable.primitive.IntHashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our WordPiece against Hugging Face's own, with the files of the models that come with the node.
 */
class WordPieceParityTest {
  private static final String BGE = "bge-small-en-v1.5-q";

  /** Of these blocks every character is treated alike, and there are very many. */
  private static final Set<UnicodeBlock> UNIFORM =
      Set.of(
          UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS,
          UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_A,
          UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_B,
          UnicodeBlock.HANGUL_SYLLABLES,
          UnicodeBlock.TANGUT,
          UnicodeBlock.PRIVATE_USE_AREA,
          UnicodeBlock.SUPPLEMENTARY_PRIVATE_USE_AREA_A,
          UnicodeBlock.SUPPLEMENTARY_PRIVATE_USE_AREA_B);

  private static final int UNIFORM_STEP = 97;

  /** Characters whose class has been given or changed since the library's tables were made. */
  private static final int NEWER_MAX = 700;

  private static final Set<Integer> CLASSES_OF_NEWER =
      Set.of(
          (int) Character.NON_SPACING_MARK,
          (int) Character.COMBINING_SPACING_MARK,
          (int) Character.FORMAT,
          (int) Character.DASH_PUNCTUATION,
          (int) Character.START_PUNCTUATION,
          (int) Character.END_PUNCTUATION,
          (int) Character.OTHER_PUNCTUATION,
          (int) Character.OTHER_SYMBOL);

  /** First and last characters of ranges, old ones all. */
  private static final int[][] ALPHABETS = {
    {0, 0x7F},
    {' ', '~'},
    {'a', 'e'},
    {0x80, 0x2FF},
    {0x300, 0x36F},
    {0x370, 0x58F},
    {0x591, 0x5F4},
    {0x620, 0x6FF},
    {0x900, 0x94F},
    {0x1100, 0x11FF},
    {0x1E00, 0x1FFE},
    {0x2000, 0x2BFF},
    {0x3000, 0x30FF},
    {0x4E00, 0x9FA5},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAD9},
    {0xFB00, 0xFDFB},
    {0xFE00, 0xFFFD},
    {0x1D400, 0x1D7FF},
    {0x1F300, 0x1F64F},
    {0x20000, 0x2A6D6}
  };

  @ParameterizedTest
  @ValueSource(strings = {"all-minilm-l6-v2-q", BGE, "e5-small-v2-q"})
  void sentencesAndNastyTextsGiveTheSameIds(String model) throws IOException {
    WordPiece own = Tokenizers.bundled(model);
    List<String> golden = Golden.all().stream().map(Golden::text).toList();
    try (HuggingFaceTokenizer reference = reference(model, own.template())) {
      assertThat(Stream.concat(golden.stream(), Texts.sentences(500).stream()))
          .allSatisfy(text -> assertThat(own.encode(text)).isEqualTo(reference.encode(text)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-minilm-l6-v2-q", BGE, "e5-small-v2-q"})
  void textsOfAnyAlphabetsGiveTheSameIds(String model) throws IOException {
    long seed = 20_261_128;
    SplittableRandom random = new SplittableRandom(seed);
    WordPiece own = Tokenizers.bundled(model);
    try (HuggingFaceTokenizer reference = reference(model, own.template())) {
      for (int i = 0; i < 5_000; i++) {
        String text = text(random);
        assertThat(own.encode(text))
            .as("seed %d, text %d: %s", seed, i, text)
            .isEqualTo(reference.encode(text));
      }
    }
  }

  @Test
  void aCharacterGivesTheSameIdsUnlessItIsNewerThanTheLibrarysTables() throws IOException {
    WordPiece own = Tokenizers.bundled(BGE);
    try (HuggingFaceTokenizer reference = reference(BGE, own.template())) {
      int[] differing =
          IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
              .filter(WordPieceParityTest::isTried)
              .filter(c -> {
                String text = "wo%1$srd %1$s".formatted(Character.toString(c));
                return !Arrays.equals(own.encode(text), reference.encode(text));
              })
              .toArray();
      assertThat(differing).hasSizeLessThan(NEWER_MAX);
      assertThat(IntStream.of(differing).map(Character::getType).boxed())
          .isSubsetOf(CLASSES_OF_NEWER);
    }
  }

  private static boolean isTried(int c) {
    UnicodeBlock block = UnicodeBlock.of(c);
    return Character.isDefined(c)
        && Character.getType(c) != Character.SURROGATE
        && (block == null || !UNIFORM.contains(block) || c % UNIFORM_STEP == 0);
  }

  /** A few words of one alphabet each, or of two. */
  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int word = random.nextInt(12); word >= 0; word--) {
      int[] one = ALPHABETS[random.nextInt(ALPHABETS.length)];
      int[] other = ALPHABETS[random.nextInt(ALPHABETS.length)];
      for (int i = random.nextInt(random.nextInt(20) == 0 ? 150 : 12); i >= 0; i--) {
        int[] alphabet = random.nextInt(4) == 0 ? other : one;
        text.appendCodePoint(random.nextInt(alphabet[0], alphabet[1] + 1));
      }
      text.append(' ');
    }
    return text.toString();
  }

  private static HuggingFaceTokenizer reference(String model, Template template)
      throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            WordPiece.class.getResourceAsStream("/models/" + model + "/tokenizer.json"))) {
      return HuggingFaceTokenizer.open(
          new String(in.readAllBytes(), UTF_8),
          new Specials(template, 0, new IntHashSet()),
          Tokenizers.SCRATCH);
    }
  }
}
