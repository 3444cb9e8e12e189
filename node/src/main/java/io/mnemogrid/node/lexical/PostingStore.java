package io.mnemogrid.node.lexical;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Many documents, found by the posting lists of the terms that are looked for.
 *
 * <p>Beside the lists each document keeps its terms, by the numbers of their lists: to score it on
 * its own, to take it out of the document frequencies, and to be written down. Removed documents
 * keep their room.
 */
final class PostingStore implements DocumentStore {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(int[].class);
  private static final int FIRST_CAPACITY = 256;
  private static final int NONE = 0;
  private static final int AT_END = CountedNumbers.Cursor.AT_END;

  private final PostingLists lists;
  private volatile Ordinals ordinals = new Ordinals(FIRST_CAPACITY);
  // The ordinal of a slot's document plus 1, or NONE.
  private volatile int[] bySlot = new int[0];
  // Ordinals given. Written last of all that a put changes.
  private volatile int count;
  private volatile int documents;
  private volatile long totalLength;

  PostingStore(TermDictionary dictionary) {
    lists = new PostingLists(dictionary);
  }

  @Override
  public void put(int slot, int[] document) {
    add(slot, DocumentLayout.length(document), post(document));
  }

  /**
   * @param terms that have been posted under the next ordinal, by their lists' numbers
   */
  private void add(int slot, int length, byte[] terms) {
    int ordinal = count;
    if (ordinal == ordinals.capacity()) {
      ordinals = ordinals.copy(Growth.of(ordinal + 1));
    }
    Ordinals into = ordinals;
    into.set(ordinal, slot, length, terms);
    if (slot >= bySlot.length) {
      bySlot = Arrays.copyOf(bySlot, Growth.of(slot + 1));
    }
    int before = bySlot[slot];
    if (before != NONE) {
      into.remove(before - 1, ordinal + 1);
    }
    documents++;
    totalLength += length;
    ELEMENT.setRelease(bySlot, slot, ordinal + 1);
    count = ordinal + 1;
    if (before != NONE) {
      discount(before - 1);
    }
  }

  /** Adds the next document to its terms' lists, and answers its terms by their lists' numbers. */
  private byte[] post(int[] document) {
    int ordinal = count;
    return CountedNumbers.pack(
        document,
        (term, occurrences) -> {
          PostingList list = lists.of(term);
          list.add(ordinal, occurrences);
          return list.number();
        });
  }

  /**
   * The terms of the image get lists in their order, so what it has of a document stays as it is.
   */
  @Override
  public void fill(LexicalImageReader image) throws IOException {
    for (int term : image.terms()) {
      lists.of(term);
    }
    while (image.next()) {
      byte[] terms = image.placed();
      var cursor = new CountedNumbers.Cursor(terms, terms.length);
      for (; cursor.number() != AT_END; cursor.next()) {
        lists.numbered(cursor.number()).add(count, cursor.count());
      }
      add(image.slot(), image.length(), terms);
    }
  }

  @Override
  public LexicalImage.Placed placed() {
    byte[] @Nullable [] placed = new byte[bySlot.length] @Nullable [];
    for (int slot = 0; slot < placed.length; slot++) {
      placed[slot] = bySlot[slot] == NONE ? null : ordinals.bytesOfTerms(bySlot[slot] - 1);
    }
    return new LexicalImage.Placed(lists.terms(), placed);
  }

  @Override
  public boolean remove(int slot) {
    int present = slot < bySlot.length ? bySlot[slot] : NONE;
    if (present == NONE) {
      return false;
    }
    ordinals.remove(present - 1, count);
    ELEMENT.setRelease(bySlot, slot, NONE);
    discount(present - 1);
    return true;
  }

  private void discount(int ordinal) {
    var terms = ordinals.terms(ordinal);
    for (; terms.number() != AT_END; terms.next()) {
      lists.numbered(terms.number()).forget();
    }
    documents--;
    totalLength -= ordinals.lengths()[ordinal];
  }

  @Override
  public int @Nullable [] document(int slot) {
    int present = slot < bySlot.length ? bySlot[slot] : NONE;
    if (present == NONE) {
      return null;
    }
    long[] entries = new long[ordinals.lengths()[present - 1]];
    int size = 0;
    var terms = ordinals.terms(present - 1);
    for (; terms.number() != AT_END; terms.next()) {
      int term = lists.numbered(terms.number()).term();
      entries[size++] = DocumentLayout.entry(term, terms.count());
    }
    return DocumentLayout.pack(entries, size);
  }

  @Override
  public int slotEnd() {
    return bySlot.length;
  }

  @Override
  public int documents() {
    return documents;
  }

  @Override
  public int removed() {
    return count - documents;
  }

  @Override
  public Statistics statistics(HeldTerms terms) {
    long[] frequencies = new long[terms.numbers().length];
    for (int i = 0; i < frequencies.length; i++) {
      PostingList list = lists.find(terms.numbers()[i]);
      frequencies[i] = list == null ? 0 : list.documents();
    }
    return new Statistics(documents, totalLength, frequencies);
  }

  @Override
  public Searcher searcher(Weights weights, HeldTerms terms) {
    return new Search(weights, terms.numbers());
  }

  @Override
  public void close() {
    lists.release();
  }

  private final class Search implements Searcher {
    private final Weights weights;
    private final @Nullable PostingList[] found;
    private final int seen;
    private final Ordinals known;
    private final int[] terms;
    private Tally tally;
    // Ordinals of documents all of whose lists were there when they were looked up.
    private int complete;

    Search(Weights weights, int[] terms) {
      this.weights = weights;
      this.terms = terms;
      seen = count; // first: what is read after it is at least as new
      known = ordinals;
      found = new @Nullable PostingList[terms.length];
      tally = lookUp();
      complete = seen;
    }

    private Tally lookUp() {
      int[] numbers = new int[terms.length];
      for (int i = 0; i < terms.length; i++) {
        PostingList list = lists.find(terms[i]);
        found[i] = list;
        numbers[i] = list == null ? TermPlaces.NOWHERE : list.number();
      }
      return new Tally(weights, numbers);
    }

    @Override
    public void search(BestSlots best) {
      new PostingSearch(weights, known, seen).run(found, best);
    }

    @Override
    public float score(int slot) {
      int[] slots = bySlot;
      int present = slot < slots.length ? (int) ELEMENT.getAcquire(slots, slot) : NONE;
      if (present == NONE) {
        return 0;
      }
      if (present > complete) { // it came meanwhile, perhaps with the first of a term
        tally = lookUp();
        complete = present;
      }
      Ordinals current = ordinals;
      var held = current.terms(present - 1);
      for (; held.number() != AT_END; held.next()) {
        int place = tally.place(held.number());
        if (place != TermPlaces.NOWHERE) {
          tally.count(place, held.count());
        }
      }
      return tally.score(current.lengths()[present - 1]);
    }
  }
}
