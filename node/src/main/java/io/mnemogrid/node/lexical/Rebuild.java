package io.mnemogrid.node.lexical;

/**
 * A store on its way into another form: its documents move a few at a time, with each write, so
 * that no write waits for all of them. Writes go to both until the new one is complete; nobody
 * reads it before.
 */
final class Rebuild {
  private static final int DOCUMENTS_A_STEP = 64;

  private final DocumentStore from;
  private final DocumentStore into;
  private int next;

  Rebuild(DocumentStore from, DocumentStore into) {
    this.from = from;
    this.into = into;
  }

  void put(int slot, int[] document) {
    into.put(slot, document);
  }

  void remove(int slot) {
    into.remove(slot);
  }

  /**
   * Moves some documents.
   *
   * @return whether all are moved
   */
  boolean step() {
    int end = from.slotEnd();
    for (int moved = 0; moved < DOCUMENTS_A_STEP && next < end; next++) {
      int[] document = from.document(next);
      if (document != null && into.document(next) == null) {
        into.put(next, document);
        moved++;
      }
    }
    return next >= end;
  }

  DocumentStore result() {
    return into;
  }

  /** Drops what was moved. */
  void abandon() {
    into.close();
  }
}
