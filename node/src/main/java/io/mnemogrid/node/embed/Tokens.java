package io.mnemogrid.node.embed;

/**
 * What a model reads at once, for one result.
 *
 * @param ids with the special tokens; not to be changed
 * @param second where the second of two texts begins; {@code ids.length} when there is one text, or
 *     when the model does not tell them apart by types
 */
record Tokens(int[] ids, int second) {
  static Tokens of(int[] ids) {
    return new Tokens(ids, ids.length);
  }

  int length() {
    return ids.length;
  }
}
