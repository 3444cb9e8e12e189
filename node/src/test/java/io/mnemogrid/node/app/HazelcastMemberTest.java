package io.mnemogrid.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.internal.server.ServerConnectionManager;
import com.hazelcast.spi.impl.NodeEngineImpl;
import io.mnemogrid.node.config.ConfigLoader;
import io.mnemogrid.node.config.NodeConfig;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.testing.FreePorts;
import io.mnemogrid.node.testing.PatientWaits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HazelcastMemberTest {
  /** More than sockets take in at once, so that some of it has to wait until there is room. */
  private static final int LARGE = 16 << 20;

  private static final byte[] FIRST_BYTES_OF_A_MEMBER = "HZC".getBytes(StandardCharsets.US_ASCII);

  private final List<Integer> ports = FreePorts.draw(2);
  private final String cluster = "test-" + UUID.randomUUID();

  /** As a process that is paused does: its kernel accepts connections, and it says nothing. */
  @Test
  void whoAcceptsAConnectionAndSaysNothingHoldsUpNothingThatGoesToTheOthers() throws Exception {
    HazelcastInstance one = start(ports.getFirst());
    HazelcastInstance other = start(ports.getLast());
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket _ = connect(one, silent)) {
      var sent =
          one.<Integer, byte[]>getMap("large") // its backup goes to the other, or itself does
              .setAsync(1, new byte[LARGE])
              .toCompletableFuture();
      sent.get(PatientWaits.HANG.toSeconds(), TimeUnit.SECONDS);
      assertThat(other.<Integer, byte[]>getMap("large").get(1)).hasSize(LARGE);
    } finally {
      one.getLifecycleService().terminate();
      other.getLifecycleService().terminate();
    }
  }

  private static Socket connect(HazelcastInstance from, ServerSocket to) throws IOException {
    Node node = ((NodeEngineImpl) GridService.of(from).engine()).getNode();
    ServerConnectionManager connections =
        node.getServer().getConnectionManager(EndpointQualifier.MEMBER);
    connections.getOrConnect(new Address("127.0.0.1", to.getLocalPort()));
    Socket accepted = to.accept();
    assertThat(accepted.getInputStream().readNBytes(FIRST_BYTES_OF_A_MEMBER.length))
        .isEqualTo(FIRST_BYTES_OF_A_MEMBER);
    return accepted;
  }

  private HazelcastInstance start(int port) {
    NodeConfig node =
        ConfigLoader.load(
            Map.of(
                "MNEMOGRID_CLUSTER_NAME",
                cluster,
                "MNEMOGRID_CLUSTER_MEMBERS",
                FreePorts.addresses(ports),
                "MNEMOGRID_CLUSTER_PORT",
                "" + port,
                "MNEMOGRID_DATA_DIR",
                ""));
    Config config = HazelcastMember.config(node.cluster(), Settings.grid(node));
    config.setProperty("hazelcast.io.output.thread.count", "1"); // for all connections
    return Hazelcast.newHazelcastInstance(config);
  }
}
