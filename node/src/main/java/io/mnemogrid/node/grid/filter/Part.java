package io.mnemogrid.node.grid.filter;

/**
 * A part that is looked for in a text, symbol by symbol, each looked at once however the two are
 * made: D. E. Knuth, J. H. Morris, V. R. Pratt, Fast Pattern Matching in Strings (1977), section 2.
 */
final class Part {
  private final int[] symbols;

  /** Of each beginning of the part, the length of the longest shorter one that it ends in. */
  private final int[] borders;

  Part(int[] symbols) {
    this.symbols = symbols.clone();
    borders = new int[symbols.length + 1];
    int border = 0;
    for (int i = 1; i < symbols.length; i++) {
      border = next(border, symbols[i]);
      borders[i + 1] = border;
    }
  }

  /** Whether so many symbols, the last ones of what was looked at, are all of it. */
  boolean isWhole(int seen) {
    return seen == symbols.length;
  }

  /**
   * How much of it has been seen when this symbol follows.
   *
   * @param seen before, less than the whole
   */
  int next(int seen, int symbol) {
    int length = seen;
    while (length > 0 && symbols[length] != symbol) {
      length = borders[length];
    }
    return symbols[length] == symbol ? length + 1 : 0;
  }
}
