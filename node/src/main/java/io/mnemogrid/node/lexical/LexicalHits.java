package io.mnemogrid.node.lexical;

/**
 * The result of a search, best first.
 *
 * @param slots of the documents
 * @param scores of the same, greater than 0
 */
public record LexicalHits(int[] slots, float[] scores) {
  public int count() {
    return slots.length;
  }

  public int slot(int i) {
    return slots[i];
  }

  public float score(int i) {
    return scores[i];
  }
}
