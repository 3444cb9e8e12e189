package io.mnemogrid.node.lexical;

import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a store as bytes that mean the same on every member.
 *
 * <p>A byte for the format, then in {@link CheckedBlocks} the number of terms; of each term the
 * length of its UTF-8, and the bytes; the number of documents; and of each document, in ascending
 * slot, the distance from the slot before, from -1 at first, the length of what follows, and its
 * terms by their places among those of the image, as {@link CountedNumbers}. Numbers are {@link
 * VarInt}s.
 */
final class LexicalImage {
  static final byte FORMAT = 2;
  static final int BEFORE_FIRST_SLOT = -1;

  private LexicalImage() {}

  /**
   * Documents with their terms by places.
   *
   * @param terms the number in the dictionary of each place's term
   * @param bySlot {@link CountedNumbers} of places; null where there is no document
   */
  record Placed(int[] terms, byte[] @Nullable [] bySlot) {
    static final Placed NOTHING = new Placed(new int[0], new byte[0][]);
  }

  /** Writes all documents of the store; its writer. */
  static void write(@Nullable DocumentStore store, TermDictionary dictionary, DataOutput out)
      throws IOException {
    Placed documents = store == null ? Placed.NOTHING : store.placed();
    out.writeByte(FORMAT);
    try (var blocks = new CheckedBlocks.Output(out)) {
      blocks.number(documents.terms().length);
      for (int term : documents.terms()) {
        byte[] utf8 = dictionary.utf8(term);
        blocks.number(utf8.length);
        blocks.bytes(utf8);
      }
      blocks.number(store == null ? 0 : store.documents());
      writeDocuments(documents.bySlot(), blocks);
    }
  }

  private static void writeDocuments(byte[] @Nullable [] bySlot, CheckedBlocks.Output blocks)
      throws IOException {
    int last = BEFORE_FIRST_SLOT;
    for (int slot = 0; slot < bySlot.length; slot++) {
      byte[] document = bySlot[slot];
      if (document != null) {
        blocks.number(slot - last);
        last = slot;
        blocks.number(document.length);
        blocks.bytes(document);
      }
    }
  }
}
