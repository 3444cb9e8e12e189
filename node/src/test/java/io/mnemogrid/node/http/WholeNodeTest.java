package io.mnemogrid.node.http;

import io.mnemogrid.node.testing.NodeUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests that share one node from their first to their last. */
abstract class WholeNodeTest {
  static NodeUnderTest node;
  static ApiClient root;

  @BeforeAll
  static void startNode() {
    node = NodeUnderTest.start();
    root = ApiClient.root(node);
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }
}
