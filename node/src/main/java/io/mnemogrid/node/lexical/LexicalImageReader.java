package io.mnemogrid.node.lexical;

import java.io.DataInput;
import java.io.IOException;
import org.eclipse.collections.api.list.primitive.MutableIntList;
import org.eclipse.collections.api.set.primitive.MutableIntSet;
import org.eclipse.collections.impl.factory.primitive.IntLists;
import org.eclipse.collections.impl.factory.primitive.IntSets;

/**
 * Reads what {@link LexicalImage} wrote, and holds the image's terms until it is closed. Refuses
 * what is damaged with an {@link IOException}.
 */
final class LexicalImageReader implements AutoCloseable {
  private static final int UTF8_BYTES_A_CHAR = 3;
  private static final int TERM_BYTES_MAX = UTF8_BYTES_A_CHAR * DocumentTerms.TERM_CHARS_MAX;
  private static final int DOCUMENT_BYTES_MAX = CountedNumbers.BYTES_MAX * DocumentTerms.LENGTH_MAX;

  private final TermDictionary dictionary;
  private final CheckedBlocks.Input blocks;
  private final MutableIntList terms = IntLists.mutable.empty();
  private final int documents;
  private int documentsRead;
  private int slot = LexicalImage.BEFORE_FIRST_SLOT;
  private int length;
  private byte[] placed = {};

  LexicalImageReader(DataInput in, TermDictionary dictionary) throws IOException {
    byte format = in.readByte();
    require(format == LexicalImage.FORMAT, "it has format", format);
    this.dictionary = dictionary;
    blocks = new CheckedBlocks.Input(in);
    try {
      readTerms();
      documents = blocks.number();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void readTerms() throws IOException {
    MutableIntSet known = IntSets.mutable.empty();
    int count = blocks.number();
    for (int place = 0; place < count; place++) {
      int bytes = blocks.number();
      require(bytes > 0 && bytes <= TERM_BYTES_MAX, "a term's bytes", bytes);
      int term = dictionary.hold(blocks.bytes(bytes));
      terms.add(term);
      require(known.add(term), "a term comes twice, the second time in place", place);
    }
  }

  int documents() {
    return documents;
  }

  /** The numbers in the dictionary of the image's terms, by their places. */
  int[] terms() {
    return terms.toArray();
  }

  /** Goes to the next document, if there is one. */
  boolean next() throws IOException {
    if (documentsRead == documents) {
      require(blocks.isAtEnd(), "something follows the last of its documents,", documents);
      return false;
    }
    documentsRead++;
    int distance = blocks.number();
    require(
        distance > 0 && distance <= Integer.MAX_VALUE - 1 - slot, "a slot's distance", distance);
    slot += distance;
    int bytes = blocks.number();
    require(bytes > 0 && bytes <= DOCUMENT_BYTES_MAX, "a document's bytes", bytes);
    placed = blocks.bytes(bytes);
    length = CountedNumbers.verified(placed, terms.size(), DocumentTerms.LENGTH_MAX);
    return true;
  }

  int slot() {
    return slot;
  }

  /** The sum of the counts of the document's terms. */
  int length() {
    return length;
  }

  /** The document's terms by their places, as {@link CountedNumbers}; the caller's own. */
  byte[] placed() {
    return placed;
  }

  /** The document's terms by their numbers in the dictionary, as {@link DocumentLayout}. */
  int[] document() {
    long[] entries = new long[length];
    int size = 0;
    var cursor = new CountedNumbers.Cursor(placed, placed.length);
    for (; cursor.number() != CountedNumbers.Cursor.AT_END; cursor.next()) {
      entries[size++] = DocumentLayout.entry(terms.get(cursor.number()), cursor.count());
    }
    return DocumentLayout.pack(entries, size);
  }

  private static void require(boolean holds, String what, long value) throws IOException {
    if (!holds) {
      throw new IOException(
          "the image of a lexical index is damaged: %s %d".formatted(what, value));
    }
  }

  @Override
  public void close() {
    terms.forEach(dictionary::release);
    terms.clear();
  }
}
