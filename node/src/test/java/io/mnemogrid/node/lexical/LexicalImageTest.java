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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexicalImageTest {
  private static final int DOCUMENTS = 400;

  private final TermDictionary dictionary = new TermDictionary();
  private final TermDictionary elsewhere = new TermDictionary();

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 100000", "100000, 0", "100000, 100000"})
  void anImageMeansTheSameOnAnotherMember(int postingsAbove, int postingsAboveThere)
      throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Documents model = new Documents();
    LexicalIndex index = filled(random, model, postingsAbove);
    elsewhere.hold("another term has this number there");
    LexicalIndex read = read(imageOf(index), postingsAboveThere);
    requireSame(read, model);
    LexicalIndex readAgain = read(imageOf(read), postingsAbove);
    for (int i = 0; i < DOCUMENTS; i++) {
      int slot = random.nextInt(2 * DOCUMENTS);
      model.remove(slot);
      readAgain.remove(slot);
      Map<String, Integer> terms = Corpus.terms(random, 1_000);
      int put = random.nextInt(2 * DOCUMENTS);
      model.put(put, terms);
      readAgain.put(put, DocumentTerms.of(terms));
    }
    requireSame(readAgain, model);
    read.close();
    readAgain.close();
    assertThat(elsewhere.size()).isEqualTo(1);
  }

  private static void requireSame(LexicalIndex index, Documents model) {
    assertThat(index.documents()).isEqualTo(model.size());
    List<String> terms = List.of("t0", "t3", "t17", "t900");
    LexicalQuery query = new LexicalQuery(terms, index.statistics(terms), Bm25.DEFAULT);
    assertThat(Documents.of(index.best(query, DOCUMENTS, slot -> true)))
        .isEqualTo(model.best(query, DOCUMENTS, slot -> true, SlotOrder.ASCENDING));
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
        "ff ff ff ff ff ff", // no number
        "ff ff ff ff 0f", // a negative number of terms
        "80 00 00", // a number longer than it need be
        "02 01 61", // one term of two
        "01 00 00", // a term without bytes
        "01 81 03 61", // a term of 385 bytes
        "01 02 61", // a term cut off
        "02 01 61 01 61 00", // a term twice
        "01 01 61 01 00", // a document at no distance from the slot before
        "01 01 61 01 01 00", // without terms
        "01 01 61 01 01 01 00", // its first term at no distance
        "01 01 61 01 01 01 04", // a term that is not there
        "01 01 61 01 01 02 03 00", // 0 times
        "01 01 61 01 01 02 03 01", // a count that goes without saying
        "01 01 61 01 01 04 03 81 80 04", // 65,537 times
        "02 01 61 01 62 01 01 06 03 80 80 04 03 02", // 65,536 times, and another twice
        "01 01 61 01 01 01 03", // a count that does not come
        "01 01 61 01 01 02 02", // a document cut off
        "01 01 61 01 01 01 02 00", // something after the last
        "01 01 61 02 01 01 02", // one document of two
        "01 01 61 02 01 01 02 ff ff ff ff 07 01 02", // a slot that is none
        "01 01 61 01 01 81 80 80 80 04 02", // more bytes than a document has
        "01 01 61 ff ff ff ff 0f" // a negative number of documents
      })
  void contentsThatCannotBeAreRefusedAndHoldNoTerm(String hex) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(LexicalImage.FORMAT);
    try (var blocks = new CheckedBlocks.Output(new DataOutputStream(bytes))) {
      blocks.bytes(HexFormat.ofDelimiter(" ").parseHex(hex));
    }
    refused(bytes.toByteArray(), hex);
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    byte[] image = imageOf(new LexicalIndex(dictionary));
    image[0]++;
    assertThatThrownBy(() -> read(image))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format 3");
  }

  @Test
  void bytesAndNumbersAreReadBackWhereverABlockEnds() throws IOException {
    int most = CheckedBlocks.BLOCK_BYTES_MAX;
    for (int size : new int[] {0, 1, most - 5, most - 4, most - 1, most, most + 1, 3 * most}) {
      byte[] content = new byte[size];
      new SplittableRandom(size).nextBytes(content);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (var blocks = new CheckedBlocks.Output(new DataOutputStream(bytes))) {
        blocks.bytes(content);
        blocks.number(Integer.MAX_VALUE);
        blocks.number(0);
      }
      var in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      CheckedBlocks.Input blocks = new CheckedBlocks.Input(in);
      assertThat(blocks.bytes(size)).isEqualTo(content);
      assertThat(blocks.number()).isEqualTo(Integer.MAX_VALUE);
      assertThat(blocks.number()).isZero();
      assertThat(blocks.isAtEnd()).isTrue();
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  private void refused(byte[] image, String how) {
    for (int postingsAbove : new int[] {0, 100_000}) {
      assertThatThrownBy(() -> read(image, postingsAbove)).as(how).isInstanceOf(IOException.class);
      assertThat(elsewhere.size()).as(how).isZero();
    }
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

  private LexicalIndex read(byte[] image, int postingsAbove) throws IOException {
    return LexicalIndex.readFrom(
        new DataInputStream(new ByteArrayInputStream(image)),
        new LexicalIndex(elsewhere, postingsAbove));
  }
}
