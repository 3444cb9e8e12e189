package io.mnemogrid.node.lexical;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.eclipse.collections.api.stack.primitive.MutableIntStack;
import org.eclipse.collections.impl.factory.primitive.IntStacks;
import org.jspecify.annotations.Nullable;

/**
 * The terms of all indexes of a member, each with a small number that stands for it. Any thread.
 *
 * <p>A term stays, with its number, as long as somebody holds it: an index for the documents it
 * has, a search for the terms it looks for, known or not. So a number means the same from the
 * beginning of a search to its end. A number that nobody holds is given to another term.
 */
public final class TermDictionary {
  private final ConcurrentMap<Term, Term> terms = new ConcurrentHashMap<>();
  private final Numbers numbers = new Numbers();

  /** How many terms are held. */
  public int size() {
    return terms.size();
  }

  /** Holds the term, and answers its number. */
  int hold(String term) {
    return hold(term.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Holds the term, and answers its number.
   *
   * @param utf8 not to be changed afterwards
   */
  int hold(byte[] utf8) {
    Term sought = new Term(utf8);
    Term known = terms.get(sought);
    if (known != null && known.holdIfHeld()) {
      return known.number;
    }
    // The map lets one at a time compute a term: nobody else adds it or takes it out meanwhile.
    return terms.compute(
            sought, (key, present) -> present == null ? numbers.give(key) : present.hold())
        .number;
  }

  /** Holds once more a term that the caller holds. */
  void hold(int number) {
    numbers.term(number).hold();
  }

  /** Lets go of a term that the caller holds. */
  void release(int number) {
    Term term = numbers.term(number);
    if (term.release() == 0) {
      terms.computeIfPresent(
          term, (key, present) -> present.isHeld() ? present : takeBack(present));
    }
  }

  /** The text in UTF-8 of a term that the caller holds; not to be changed. */
  byte[] utf8(int number) {
    return numbers.term(number).utf8;
  }

  private @Nullable Term takeBack(Term term) {
    numbers.takeBack(term.number);
    return null;
  }

  /** Comparable, so that terms chosen to collide cost the map a tree and not a list. */
  private static final class Term implements Comparable<Term> {
    private static final AtomicIntegerFieldUpdater<Term> HOLDERS =
        AtomicIntegerFieldUpdater.newUpdater(Term.class, "holders");

    private final byte[] utf8;
    private final int hash;
    private int number;
    private volatile int holders;

    Term(byte[] utf8) {
      this.utf8 = utf8;
      this.hash = Arrays.hashCode(utf8);
    }

    boolean isHeld() {
      return holders > 0;
    }

    /** Only while nobody can take the term out. */
    Term hold() {
      HOLDERS.incrementAndGet(this);
      return this;
    }

    boolean holdIfHeld() {
      while (true) {
        int now = holders;
        if (now == 0) {
          return false;
        }
        if (HOLDERS.compareAndSet(this, now, now + 1)) {
          return true;
        }
      }
    }

    int release() {
      return HOLDERS.decrementAndGet(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Term term && hash == term.hash && Arrays.equals(utf8, term.utf8);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public int compareTo(Term other) {
      return Arrays.compare(utf8, other.utf8);
    }
  }

  /** Terms by number. Pages stay where they are, so a look-up needs no lock. */
  private static final class Numbers {
    private static final int PAGE_SHIFT = 10;
    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

    private final MutableIntStack free = IntStacks.mutable.empty();
    private volatile @Nullable Term[][] pages = new @Nullable Term[0][];
    private int given;

    synchronized Term give(Term term) {
      term.number = free.isEmpty() ? given++ : free.pop();
      int page = term.number >>> PAGE_SHIFT;
      @Nullable Term[][] present = pages;
      if (page == present.length) {
        present = Arrays.copyOf(present, page + 1);
        present[page] = new @Nullable Term[1 << PAGE_SHIFT];
      }
      present[page][term.number & PAGE_MASK] = term;
      pages = present; // also when it is the same: readers of the number see the entry
      return term.hold();
    }

    synchronized void takeBack(int number) {
      pages[number >>> PAGE_SHIFT][number & PAGE_MASK] = null;
      free.push(number);
    }

    Term term(int number) {
      Term term = pages[number >>> PAGE_SHIFT][number & PAGE_MASK];
      if (term == null) {
        throw new IllegalStateException("nobody holds term %d".formatted(number));
      }
      return term;
    }
  }
}
