package io.mnemogrid.node.embed;

/**
 * A place among the windows of a passage, and what the model reads there.
 *
 * @param number position among the windows of its passage
 */
record Window(Passage passage, int number, Tokens tokens) {
  int length() {
    return tokens.length();
  }
}
