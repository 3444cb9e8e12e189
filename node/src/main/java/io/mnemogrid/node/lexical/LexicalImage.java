package io.mnemogrid.node.lexical;

import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import org.eclipse.collections.api.map.primitive.MutableIntIntMap;
import org.eclipse.collections.impl.factory.primitive.IntIntMaps;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a store as bytes that mean the same on every member.
 *
 * <p>A byte for the format, then in {@link CheckedBlocks} the number of documents, and each
 * document in ascending slot: the distance from the slot before, from -1 at first; the number of
 * its terms; and for each term its place among the terms of the image, doubled, and one more where
 * a count other than 1 follows. A term that comes for the first time has the next place, and the
 * length of its UTF-8 and the bytes stand between its place and its count. Numbers are {@link
 * VarInt}s.
 */
final class LexicalImage {
  static final byte FORMAT = 1;
  static final int BEFORE_FIRST_SLOT = -1;

  private final TermDictionary dictionary;
  private final DataOutputStream data;
  private final MutableIntIntMap places = IntIntMaps.mutable.empty();

  private LexicalImage(TermDictionary dictionary, DataOutputStream data) {
    this.dictionary = dictionary;
    this.data = data;
  }

  /** Writes all documents of the store; its writer. */
  static void write(@Nullable DocumentStore store, TermDictionary dictionary, DataOutput out)
      throws IOException {
    out.writeByte(FORMAT);
    try (DataOutputStream data = new DataOutputStream(new CheckedBlocks.Output(out))) {
      VarInt.write(data, store == null ? 0 : store.documents());
      if (store != null) {
        new LexicalImage(dictionary, data).writeDocuments(store);
      }
    }
  }

  private void writeDocuments(DocumentStore store) throws IOException {
    int last = BEFORE_FIRST_SLOT;
    for (int slot = 0; slot < store.slotEnd(); slot++) {
      int[] document = store.document(slot);
      if (document != null) {
        VarInt.write(data, slot - last);
        last = slot;
        writeTerms(document);
      }
    }
  }

  private void writeTerms(int[] document) throws IOException {
    VarInt.write(data, DocumentLayout.terms(document));
    for (int at = DocumentLayout.FIRST_TERM; at < document.length; at++) {
      if (DocumentLayout.isTerm(document, at)) {
        writeTerm(document[at], DocumentLayout.countAt(document, at));
      }
    }
  }

  private void writeTerm(int term, int count) throws IOException {
    int known = places.size();
    int place = places.getIfAbsentPut(term, known);
    VarInt.write(data, place << 1 | (count == 1 ? 0 : 1));
    if (place == known) {
      byte[] utf8 = dictionary.utf8(term);
      VarInt.write(data, utf8.length);
      data.write(utf8);
    }
    if (count != 1) {
      VarInt.write(data, count);
    }
  }
}
