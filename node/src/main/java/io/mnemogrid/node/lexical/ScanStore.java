package io.mnemogrid.node.lexical;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.eclipse.collections.api.list.primitive.MutableIntList;
import org.eclipse.collections.api.map.primitive.MutableIntIntMap;
import org.eclipse.collections.impl.factory.primitive.IntIntMaps;
import org.eclipse.collections.impl.factory.primitive.IntLists;
import org.jspecify.annotations.Nullable;

/** So few documents that every search looks at all of them. */
final class ScanStore implements DocumentStore {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(int[][].class);

  private final TermDictionary dictionary;
  private volatile int[] @Nullable [] bySlot = new int[0][];
  private volatile int documents;

  ScanStore(TermDictionary dictionary) {
    this.dictionary = dictionary;
  }

  @Override
  public void put(int slot, int[] document) {
    DocumentLayout.forEachTerm(document, dictionary::hold);
    if (slot >= bySlot.length) {
      bySlot = Arrays.copyOf(bySlot, Growth.of(slot + 1));
    }
    int[] before = bySlot[slot];
    ELEMENT.setRelease(bySlot, slot, document);
    if (before == null) {
      documents++;
    } else {
      release(before);
    }
  }

  @Override
  public boolean remove(int slot) {
    int[] before = document(slot);
    if (before == null) {
      return false;
    }
    ELEMENT.setRelease(bySlot, slot, null);
    documents--;
    release(before);
    return true;
  }

  private void release(int[] document) {
    DocumentLayout.forEachTerm(document, dictionary::release);
  }

  @Override
  public int @Nullable [] document(int slot) {
    return in(bySlot, slot);
  }

  private static int @Nullable [] in(int[] @Nullable [] bySlot, int slot) {
    return slot < bySlot.length ? (int[]) ELEMENT.getAcquire(bySlot, slot) : null;
  }

  @Override
  public void fill(LexicalImageReader image) throws IOException {
    while (image.next()) {
      put(image.slot(), image.document());
    }
  }

  @Override
  public LexicalImage.Placed placed() {
    MutableIntIntMap places = IntIntMaps.mutable.empty();
    MutableIntList terms = IntLists.mutable.empty();
    byte[] @Nullable [] placed = new byte[bySlot.length] @Nullable [];
    for (int slot = 0; slot < placed.length; slot++) {
      int[] document = bySlot[slot];
      if (document != null) {
        placed[slot] =
            CountedNumbers.pack(
                document,
                (term, _) -> {
                  int place = places.getIfAbsentPut(term, terms.size());
                  if (place == terms.size()) {
                    terms.add(term);
                  }
                  return place;
                });
      }
    }
    return new LexicalImage.Placed(terms.toArray(), placed);
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
    return 0;
  }

  @Override
  public Statistics statistics(HeldTerms terms) {
    long[] frequencies = new long[terms.numbers().length];
    TermPlaces places = new TermPlaces(terms.numbers());
    long count = 0;
    long totalLength = 0;
    int[] @Nullable [] all = bySlot;
    for (int slot = 0; slot < all.length; slot++) {
      int[] document = in(all, slot);
      if (document == null) {
        continue;
      }
      count++;
      totalLength += DocumentLayout.length(document);
      for (int at = DocumentLayout.FIRST_TERM; at < document.length; at++) {
        int place = places.of(document[at]);
        if (place != TermPlaces.NOWHERE) {
          frequencies[place]++;
        }
      }
    }
    return new Statistics(count, totalLength, frequencies);
  }

  @Override
  public Searcher searcher(Weights weights, HeldTerms terms) {
    return new Scan(new Tally(weights, terms.numbers()));
  }

  @Override
  public void close() {
    for (int[] document : bySlot) {
      if (document != null) {
        release(document);
      }
    }
  }

  private final class Scan implements Searcher {
    private final Tally tally;

    Scan(Tally tally) {
      this.tally = tally;
    }

    @Override
    public void search(BestSlots best) {
      int[] @Nullable [] all = bySlot;
      for (int slot = 0; slot < all.length; slot++) {
        int[] document = in(all, slot);
        if (document != null) {
          float score = score(document);
          if (score > 0) {
            best.offer(slot, score);
          }
        }
      }
    }

    @Override
    public float score(int slot) {
      int[] document = in(bySlot, slot);
      return document == null ? 0 : score(document);
    }

    private float score(int[] document) {
      for (int at = DocumentLayout.FIRST_TERM; at < document.length; at++) {
        int place = tally.place(document[at]);
        if (place != TermPlaces.NOWHERE) {
          tally.count(place, DocumentLayout.countAt(document, at));
        }
      }
      return tally.score(DocumentLayout.length(document));
    }
  }
}
