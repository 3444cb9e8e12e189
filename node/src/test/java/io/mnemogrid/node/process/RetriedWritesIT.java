package io.mnemogrid.node.process;

import io.mnemogrid.node.testing.FreePorts;
import io.mnemogrid.node.testing.RetriedWrites;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Writes that clients send again, while one of three nodes is ended by SIGKILL, twice. */
class RetriedWritesIT {
  private static final int SIZE = 3;

  @RegisterExtension private final Nodes nodes = Nodes.ofATest();

  @Test
  void everyIncrementIsCountedOnce() {
    new RetriedWrites(new Killed(nodes), NodeProcess.ROOT_KEY).countExactly();
  }

  /**
   * Three nodes of which the last is killed, each time. Of each partition one of the other two has
   * a copy at any time, so there is nothing to wait for between.
   */
  private static final class Killed implements RetriedWrites.Cluster {
    private final Nodes nodes;
    private final List<Integer> ports = FreePorts.draw(SIZE);
    private final Map<String, String> common = new HashMap<>();
    private final List<URI> addresses = new CopyOnWriteArrayList<>();
    private NodeProcess victim;

    Killed(Nodes nodes) {
      this.nodes = nodes;
      common.put("MNEMOGRID_CLUSTER_NAME", "test-" + System.nanoTime());
      common.put("MNEMOGRID_CLUSTER_MEMBERS", FreePorts.addresses(ports));
      List<NodeProcess> started = ports.stream().map(this::launch).toList();
      for (NodeProcess node : started) {
        nodes.awaitReady(node, SIZE);
        addresses.add(addressOf(node));
      }
      victim = started.getLast();
    }

    private NodeProcess launch(int port) {
      Map<String, String> settings = new HashMap<>(common);
      settings.put("MNEMOGRID_CLUSTER_PORT", Integer.toString(port));
      return nodes.launch("node-" + port, settings);
    }

    private static URI addressOf(NodeProcess node) {
      return URI.create("http://127.0.0.1:" + node.httpPort());
    }

    @Override
    public List<URI> addresses() {
      return addresses;
    }

    @Override
    public void kill() {
      victim.kill();
      victim.awaitExit();
      addresses.removeLast();
    }

    @Override
    public void join() {
      victim = launch(ports.getLast());
      nodes.awaitReady(victim, SIZE);
      addresses.add(addressOf(victim));
    }
  }
}
