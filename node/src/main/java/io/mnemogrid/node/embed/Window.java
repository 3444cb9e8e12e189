package io.mnemogrid.node.embed;

/** What the model reads of a text at once. */
final class Window {
  private final Passage passage;
  private final int number;
  private final int[] ids;

  /**
   * @param number position among the windows of its passage
   * @param ids with the special tokens at both ends; not to be changed
   */
  Window(Passage passage, int number, int[] ids) {
    this.passage = passage;
    this.number = number;
    this.ids = ids;
  }

  Passage passage() {
    return passage;
  }

  int number() {
    return number;
  }

  int[] ids() {
    return ids;
  }
}
