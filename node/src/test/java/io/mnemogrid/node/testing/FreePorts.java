package io.mnemogrid.node.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Ports of loopback that nobody listens on at the moment. None is of those that systems give to
 * outgoing connections: a member that is started again on its port would meet one there some day.
 */
public final class FreePorts {
  private static final int PORTS = 10_000;

  /** Each JVM that runs tests at the same time draws from ports of its own. */
  private static final int FIRST = 2_000 + PORTS * Integer.getInteger("mnemogrid.test.fork", 1);

  /** One that was drawn and is not listened on yet must not be drawn again. */
  private static final Set<Integer> DRAWN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /** Different ones: all are held while the others are drawn. */
  public static List<Integer> draw(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(hold());
      }
      List<Integer> free = held.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : held) {
        socket.close();
      }
      return free;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Members at these ports, as {@code cluster.members} has them. */
  public static String addresses(List<Integer> ports) {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  private static ServerSocket hold() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST + PORTS);
      if (!DRAWN.add(port)) {
        continue;
      }
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (BindException taken) {
        // another is drawn
      }
    }
  }
}
