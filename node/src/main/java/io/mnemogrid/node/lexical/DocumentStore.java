package io.mnemogrid.node.lexical;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Documents by slot, in the form of {@link DocumentLayout}. One writer calls what changes it; any
 * thread may search meanwhile, and sees a document entirely or not at all.
 *
 * <p>A store holds the terms of its documents. Whoever puts or searches holds the terms he names
 * until the call is over.
 */
sealed interface DocumentStore permits ScanStore, PostingStore {
  /** Puts the document in the place of one that may be in the slot. Writer. */
  void put(int slot, int[] document);

  /**
   * Takes out the document in the slot. Writer.
   *
   * @return whether there was one
   */
  boolean remove(int slot);

  /** The document in the slot. Writer. */
  int @Nullable [] document(int slot);

  /** All documents, as they are to be written down. Writer. */
  LexicalImage.Placed placed();

  /** Takes in all documents of an image, as the first thing. Writer. */
  void fill(LexicalImageReader image) throws IOException;

  /** No document is in this slot or a higher one. Writer. */
  int slotEnd();

  /** How many documents are here. Any thread. */
  int documents();

  /** How many documents were removed, and still take room. Writer. */
  int removed();

  /** Any thread. */
  Statistics statistics(HeldTerms terms);

  /** Prepares a search, which sees the documents that are here now. Any thread. */
  Searcher searcher(Weights weights, HeldTerms terms);

  /** Lets go of all terms. Searches that have begun may go on. Writer. */
  void close();

  /** A search for the terms of one query. One thread. */
  interface Searcher {
    void search(BestSlots best);

    /** The score of the document in the slot; 0 if there is none, or none of the terms in it. */
    float score(int slot);
  }
}
