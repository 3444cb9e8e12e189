package io.mnemogrid.node.app;

import io.mnemogrid.node.testing.RetriedWrites;
import io.mnemogrid.node.testing.SteeredNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes that clients send again, in a cluster in this JVM whose members are terminated. */
class RetriedWritesClusterTest {
  private final ServedGrid grid = ServedGrid.of(3);
  private final RetriedWrites clients = new RetriedWrites(grid, SteeredNode.ROOT_KEY);

  @AfterEach
  void close() {
    grid.close();
  }

  @Test
  void aStoreHasItsFirstAnswerFromWhoeverTookOver() {
    clients.answerFromWhoTookOver();
  }

  @Test
  void everyStoreIsMadeOnceAndAnsweredAlike() {
    clients.storeOnce();
  }
}
