package io.mnemogrid.node.lexical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexicalImageTest {
  private static final int DOCUMENTS = 400;

  private final TermDictionary dictionary = new TermDictionary();
  private final TermDictionary elsewhere = new TermDictionary();

  @ParameterizedTest
  @ValueSource(ints = {0, 100_000})
  void anImageMeansTheSameOnAnotherMember(int postingsAbove) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Documents model = new Documents();
    LexicalIndex index = filled(random, model, postingsAbove);
    elsewhere.hold("another term has this number there");
    LexicalIndex read = read(imageOf(index));
    assertThat(read.documents()).isEqualTo(model.size());
    List<String> terms = List.of("t0", "t3", "t17", "t900");
    LexicalQuery query = new LexicalQuery(terms, read.statistics(terms), Bm25.DEFAULT);
    assertThat(query.statistics()).usingRecursiveComparison().isEqualTo(index.statistics(terms));
    assertThat(Documents.of(read.best(query, DOCUMENTS, slot -> true)))
        .isEqualTo(model.best(query, DOCUMENTS, slot -> true, SlotOrder.ASCENDING));
    read.close();
    assertThat(elsewhere.size()).isEqualTo(1);
  }

  @Test
  void anEmptyIndexHasAnImageToo() throws IOException {
    LexicalIndex read = read(imageOf(new LexicalIndex(dictionary)));
    assertThat(read.documents()).isZero();
    read.put(3, DocumentTerms.of(Map.of("zebra", 1)));
    assertThat(read.documents()).isEqualTo(1);
  }

  @Test
  void aTermIsWrittenOnce() throws IOException {
    LexicalIndex index = new LexicalIndex(dictionary);
    for (int slot = 0; slot < 100; slot++) {
      index.put(slot, DocumentTerms.of(Map.of("hippopotamus", 1)));
    }
    String bytes = new String(imageOf(index), StandardCharsets.ISO_8859_1);
    assertThat(bytes).containsOnlyOnce("hippopotamus").hasSizeLessThan(400);
  }

  @Test
  void anImageIsReadNoFurtherThanItsEnd() throws IOException {
    byte[] image = imageOf(filled(new SplittableRandom(2), new Documents(), 0));
    byte[] longer = Arrays.copyOf(image, image.length + 1);
    longer[image.length] = 42;
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(longer));
    LexicalIndex.readFrom(in, elsewhere);
    assertThat(in.read()).isEqualTo(42);
    assertThat(in.read()).isEqualTo(-1);
  }

  @Test
  void anImageCutAnywhereIsRefusedAndHoldsNoTerm() throws IOException {
    byte[] image = imageOf(filled(new SplittableRandom(3), new Documents(), 100_000));
    for (int length = 0; length < image.length; length += length < 50 ? 1 : 997) {
      refused(Arrays.copyOf(image, length), "cut at " + length);
    }
    refused(Arrays.copyOf(image, image.length - 1), "cut at the end");
  }

  @Test
  void anImageWithAnyBitTurnedIsRefusedAndHoldsNoTerm() throws IOException {
    byte[] image = imageOf(filled(new SplittableRandom(4), new Documents(), 100_000));
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = image.clone();
      int at = i < 20 ? i : random.nextInt(image.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      refused(damaged, "seed 5, byte " + at);
    }
  }

  /** Right checksums around wrong contents: what a faulty writer might send. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "01 00", // a document at no distance from the slot before
        "01 01 00", // without terms
        "01 01 01 02 01 61", // its first term in the second place
        "01 01 01 00 00", // a term without bytes
        "01 01 01 00 01", // a term cut off
        "01 01 01 00 81 03 61", // a term of 385 bytes
        "01 01 01 01 01 61 00", // 0 times
        "01 01 01 01 01 61 81 80 04", // 65,537 times
        "01 01 02 00 01 61 00", // a term twice
        "01 01 02 00 01 61 02 01 61", // the same, written twice
        "01 01 81 80 04", // 65,537 terms
        "01 01 01 00 01 61 00", // something after the last
        "02 01 01 00 01 61", // one document of two
        "02 01 01 00 01 61 ff ff ff ff 07 01 00", // a slot that is none
        "ff ff ff ff 0f", // a negative number of documents
        "ff ff ff ff ff ff" // no number
      })
  void contentsThatCannotBeAreRefusedAndHoldNoTerm(String hex) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(LexicalImage.FORMAT);
    try (var blocks = new CheckedBlocks.Output(new DataOutputStream(bytes))) {
      blocks.write(HexFormat.ofDelimiter(" ").parseHex(hex));
    }
    refused(bytes.toByteArray(), hex);
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    byte[] image = imageOf(new LexicalIndex(dictionary));
    image[0]++;
    assertThatThrownBy(() -> read(image))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void blocksOfTheLargestSizeAndOneMoreAreReadBack() throws IOException {
    for (int size :
        new int[] {0, 1, CheckedBlocks.BLOCK_BYTES_MAX, CheckedBlocks.BLOCK_BYTES_MAX + 1}) {
      byte[] content = new byte[size];
      new SplittableRandom(size).nextBytes(content);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (var blocks = new CheckedBlocks.Output(new DataOutputStream(bytes))) {
        blocks.write(content);
      }
      var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      assertThat(new CheckedBlocks.Input(in).readAllBytes()).isEqualTo(content);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  private void refused(byte[] image, String how) {
    assertThatThrownBy(() -> read(image)).as(how).isInstanceOf(IOException.class);
    assertThat(elsewhere.size()).as(how).isZero();
  }

  private LexicalIndex filled(SplittableRandom random, Documents model, int postingsAbove) {
    LexicalIndex index = new LexicalIndex(dictionary, postingsAbove);
    for (int i = 0; i < DOCUMENTS; i++) {
      int slot = random.nextInt(2 * DOCUMENTS);
      Map<String, Integer> terms = Corpus.terms(random, 1_000);
      model.put(slot, terms);
      index.put(slot, DocumentTerms.of(terms));
    }
    return index;
  }

  private static byte[] imageOf(LexicalIndex index) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    index.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private LexicalIndex read(byte[] image) throws IOException {
    return LexicalIndex.readFrom(new DataInputStream(new ByteArrayInputStream(image)), elsewhere);
  }
}
