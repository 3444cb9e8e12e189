package io.mnemogrid.node.lexical;

import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import org.eclipse.collections.api.list.primitive.MutableIntList;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * Reads what {@link LexicalImage} wrote, and holds the image's terms until it is closed. Refuses
 * what is damaged with an {@link IOException}.
 */
final class LexicalImageReader implements AutoCloseable {
  private static final int UTF8_BYTES_A_CHAR = 3;
  private static final int TERM_BYTES_MAX = UTF8_BYTES_A_CHAR * DocumentTerms.TERM_CHARS_MAX;

  private final TermDictionary dictionary;
  private final DataInputStream data;
  private final MutableIntList terms = IntLists.mutable.empty();
  private final int documents;
  private int slot = LexicalImage.BEFORE_FIRST_SLOT;

  LexicalImageReader(DataInput in, TermDictionary dictionary) throws IOException {
    byte format = in.readByte();
    require(format == LexicalImage.FORMAT, "it has format", format);
    this.dictionary = dictionary;
    data = new DataInputStream(new CheckedBlocks.Input(in));
    documents = VarInt.read(data);
  }

  int documents() {
    return documents;
  }

  /** The next document; its terms are held until this is closed. */
  int[] next() throws IOException {
    int distance = VarInt.read(data);
    require(
        distance > 0 && distance <= Integer.MAX_VALUE - 1 - slot, "a slot's distance", distance);
    slot += distance;
    int size = VarInt.read(data);
    require(size > 0 && size <= DocumentTerms.LENGTH_MAX, "a document's terms", size);
    long[] entries = new long[size];
    long length = 0;
    for (int i = 0; i < size; i++) {
      entries[i] = readEntry();
      length += DocumentLayout.count(entries[i]);
      require(length <= DocumentTerms.LENGTH_MAX, "a document's length", length);
    }
    int[] document = DocumentLayout.pack(entries);
    for (int i = 1; i < size; i++) { // sorted by now
      int term = DocumentLayout.term(entries[i]);
      require(term != DocumentLayout.term(entries[i - 1]), "a document has twice the term", term);
    }
    return document;
  }

  /** Of the document read last. */
  int slot() {
    return slot;
  }

  private long readEntry() throws IOException {
    int code = VarInt.read(data);
    int place = code >>> 1;
    require(place <= terms.size(), "a term's place", place);
    if (place == terms.size()) {
      int bytes = VarInt.read(data);
      require(bytes > 0 && bytes <= TERM_BYTES_MAX, "a term's bytes", bytes);
      byte[] utf8 = new byte[bytes];
      data.readFully(utf8);
      terms.add(dictionary.hold(utf8));
    }
    int count = (code & 1) == 0 ? 1 : VarInt.read(data);
    require(count > 0 && count <= DocumentTerms.LENGTH_MAX, "a term's count", count);
    return DocumentLayout.entry(terms.get(place), count);
  }

  /** Makes sure that nothing follows. */
  void finish() throws IOException {
    int next = data.read();
    require(next < 0, "after the last document comes", next);
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
