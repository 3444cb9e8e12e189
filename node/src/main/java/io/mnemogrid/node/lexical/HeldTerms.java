package io.mnemogrid.node.lexical;

import java.util.List;

/** Terms that keep their numbers until this is closed. */
final class HeldTerms implements AutoCloseable {
  private final TermDictionary dictionary;
  private final int[] numbers;
  private boolean closed;

  HeldTerms(TermDictionary dictionary, List<String> terms) {
    this.dictionary = dictionary;
    this.numbers = new int[terms.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = dictionary.hold(terms.get(i));
    }
  }

  /** In the order of the terms. */
  int[] numbers() {
    return numbers;
  }

  /** Later, other terms may have the numbers. */
  void requireHeld() {
    if (closed) {
      throw new IllegalStateException("the search is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      for (int number : numbers) {
        dictionary.release(number);
      }
    }
  }
}
