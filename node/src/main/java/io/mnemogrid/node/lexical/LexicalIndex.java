package io.mnemogrid.node.lexical;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The documents of a shard, by slot, and the search for those that match the words of a question
 * best, by BM25 with exact lengths and frequencies.
 *
 * <p>One writer calls {@link #put}, {@link #remove}, {@link #move}, {@link #writeTo} and {@link
 * #close}; any number of threads search at the same time, without locks. An index without documents
 * takes next to nothing.
 *
 * <p>Up to {@value #POSTINGS_ABOVE} documents a search looks at all of them; above, at the posting
 * lists of its terms. The index changes over, and clears away what was removed, a little with each
 * write.
 */
public final class LexicalIndex implements AutoCloseable {
  /** Up to so many documents, looking at all of them is fast enough and takes least memory. */
  public static final int POSTINGS_ABOVE = 2_000;

  private static final DocumentStore.Searcher NOTHING = new NothingFound();

  private final TermDictionary dictionary;
  private final int postingsAbove;
  private volatile @Nullable DocumentStore store;
  private volatile boolean closed;
  private @Nullable Rebuild rebuild;

  /**
   * @param dictionary shared by all indexes of a member
   */
  public LexicalIndex(TermDictionary dictionary) {
    this(dictionary, POSTINGS_ABOVE);
  }

  LexicalIndex(TermDictionary dictionary, int postingsAbove) {
    this.dictionary = dictionary;
    this.postingsAbove = postingsAbove;
  }

  /**
   * Puts a document into the slot, in the place of one that may be there: a search sees one of the
   * two. A document without terms cannot be found and is not counted, so it only takes out the one
   * before. Writer.
   *
   * @throws LexicalIndexClosedException if the index is closed
   */
  public void put(int slot, DocumentTerms terms) {
    if (slot < 0) {
      throw new IllegalArgumentException("a slot is not negative, was " + slot);
    }
    if (terms.size() == 0) {
      remove(slot);
      return;
    }
    requireOpen();
    long[] entries = new long[terms.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = DocumentLayout.entry(dictionary.hold(terms.term(i)), terms.count(i));
    }
    int[] document = DocumentLayout.pack(entries, entries.length);
    keep(slot, document);
    DocumentLayout.forEachTerm(document, dictionary::release);
    settle();
  }

  private void keep(int slot, int[] document) {
    DocumentStore into = store;
    if (into == null) {
      into = storeFor(1);
      into.put(slot, document);
      store = into;
      return;
    }
    into.put(slot, document);
    if (rebuild != null) {
      rebuild.put(slot, document);
    }
  }

  /**
   * Takes out the document in the slot, if there is one. Writer.
   *
   * @throws LexicalIndexClosedException if the index is closed
   */
  public void remove(int slot) {
    requireOpen();
    DocumentStore from = store;
    if (from == null || !from.remove(slot)) {
      return;
    }
    if (rebuild != null) {
      rebuild.remove(slot);
    }
    if (from.documents() == 0) {
      drop();
    } else {
      settle();
    }
  }

  /**
   * Moves the document of a slot, if there is one, to another slot: a search sees one of the two,
   * or both. Writer.
   *
   * @throws LexicalIndexClosedException if the index is closed
   */
  public void move(int slot, int into) {
    requireOpen();
    DocumentStore present = store;
    int[] document = present == null ? null : present.document(slot);
    if (document != null) {
      keep(into, document);
      remove(slot);
    }
  }

  /** Brings the store nearer to the form that suits it. */
  private void settle() {
    DocumentStore present = store;
    if (present == null) {
      return;
    }
    if (rebuild == null) {
      DocumentStore better = betterStore(present);
      if (better == null) {
        return;
      }
      rebuild = new Rebuild(present, better);
    }
    if (rebuild.step()) {
      store = rebuild.result();
      rebuild = null;
      present.close();
    }
  }

  private @Nullable DocumentStore betterStore(DocumentStore present) {
    int documents = present.documents();
    return switch (present) {
      case ScanStore scan -> documents > postingsAbove ? new PostingStore(dictionary) : null;
      case PostingStore postings -> {
        // Half, so that a size that goes up and down does not rebuild each time.
        if (documents < postingsAbove / 2) {
          yield new ScanStore(dictionary);
        }
        yield postings.removed() > documents / 2 ? new PostingStore(dictionary) : null;
      }
    };
  }

  /** How many documents can be found. Any thread. */
  public int documents() {
    DocumentStore present = store;
    return present == null ? 0 : present.documents();
  }

  /**
   * What BM25 must know of this index's documents for these terms. Any thread.
   *
   * @throws LexicalIndexClosedException if the index is closed
   */
  public Statistics statistics(List<String> terms) {
    DocumentStore present = readable();
    if (present == null) {
      return Statistics.none(terms.size());
    }
    try (HeldTerms held = new HeldTerms(dictionary, terms)) {
      return present.statistics(held);
    }
  }

  /**
   * Begins a search. Any thread.
   *
   * @throws LexicalIndexClosedException if the index is closed
   */
  public LexicalSearch search(LexicalQuery query) {
    HeldTerms terms = new HeldTerms(dictionary, query.terms());
    try {
      DocumentStore present = readable();
      return new LexicalSearch(
          present == null ? NOTHING : present.searcher(new Weights(query), terms), terms);
    } catch (RuntimeException e) {
      terms.close();
      throw e;
    }
  }

  /** {@link LexicalSearch#best(int, IntPredicate)} of a search of its own. Any thread. */
  public LexicalHits best(LexicalQuery query, int k, IntPredicate visible) {
    try (LexicalSearch search = search(query)) {
      return search.best(k, visible);
    }
  }

  /** {@link LexicalSearch#score} of a search of its own. Any thread. */
  public float score(LexicalQuery query, int slot) {
    try (LexicalSearch search = search(query)) {
      return search.score(slot);
    }
  }

  /**
   * Writes all documents, in a form that means the same on every member. Writer.
   *
   * @throws LexicalIndexClosedException if the index is closed
   */
  public void writeTo(DataOutput out) throws IOException {
    requireOpen();
    LexicalImage.write(store, dictionary, out);
  }

  /**
   * An index of what {@link #writeTo} wrote.
   *
   * @throws IOException if it is damaged or of another format; no term is held then
   */
  public static LexicalIndex readFrom(DataInput in, TermDictionary dictionary) throws IOException {
    return readFrom(in, new LexicalIndex(dictionary));
  }

  static LexicalIndex readFrom(DataInput in, LexicalIndex empty) throws IOException {
    try (LexicalImageReader image = new LexicalImageReader(in, empty.dictionary)) {
      DocumentStore read = empty.storeFor(image.documents());
      try {
        read.fill(image);
      } catch (IOException | RuntimeException e) {
        read.close();
        throw e;
      }
      empty.store = image.documents() == 0 ? null : read;
    }
    return empty;
  }

  private DocumentStore storeFor(int documents) {
    return documents > postingsAbove ? new PostingStore(dictionary) : new ScanStore(dictionary);
  }

  @Nullable DocumentStore store() {
    return store;
  }

  private @Nullable DocumentStore readable() {
    DocumentStore present = store;
    if (present == null) {
      requireOpen(); // after the look: an index drops its store when it is closed
    }
    return present;
  }

  private void requireOpen() {
    if (closed) {
      throw new LexicalIndexClosedException();
    }
  }

  /** Lets go of all terms and refuses further calls; searches under way go on. Writer. */
  @Override
  public void close() {
    closed = true;
    drop();
  }

  private void drop() {
    DocumentStore present = store;
    store = null;
    if (rebuild != null) {
      rebuild.abandon();
      rebuild = null;
    }
    if (present != null) {
      present.close();
    }
  }

  private static final class NothingFound implements DocumentStore.Searcher {
    @Override
    public void search(BestSlots best) {}

    @Override
    public float score(int slot) {
      return 0;
    }
  }
}
