package io.mnemogrid.node.app;

import static java.util.Objects.requireNonNull;

import com.hazelcast.config.Config;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import io.mnemogrid.node.testing.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A network of members on loopback that can be cut as a cable is: what is sent over a cut one
 * arrives nowhere, and neither side is told. Once it is mended, what was under way arrives late.
 *
 * <p>Each member is reached through a relay of its own, and calls from ports of its own, so that
 * the relay knows who calls.
 */
final class CuttableNetwork implements AutoCloseable {
  private static final int PORTS_TO_CALL_FROM = 40;
  private static final int BUFFER_BYTES = 1 << 16;

  private final List<Place> places = new ArrayList<>();
  private final Set<Set<Integer>> cut = new HashSet<>();
  private boolean closed;

  /** Where a member is: its own port, that of its relay, and those it calls from. */
  private record Place(int port, ServerSocket relay, List<Integer> callFrom) {}

  CuttableNetwork(int members) {
    try {
      for (int i = 0; i < members; i++) {
        List<Integer> ports = FreePorts.draw(PORTS_TO_CALL_FROM + 1);
        ServerSocket relay = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        places.add(new Place(ports.getFirst(), relay, ports.subList(1, ports.size())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i < members; i++) {
      int member = i;
      Thread.ofVirtual().start(() -> relay(member));
    }
  }

  /** The port that a member listens on. */
  int port(int member) {
    return places.get(member).port();
  }

  /** The port that the others reach it at. */
  int publicPort(int member) {
    return places.get(member).relay().getLocalPort();
  }

  /** Has a member be reached through its relay and call from its ports, and merge soon. */
  void placeQuickly(int member, Config config) {
    var endpoint =
        config.getAdvancedNetworkConfig().getEndpointConfigs().get(EndpointQualifier.MEMBER);
    place(member, (ServerSocketEndpointConfig) requireNonNull(endpoint));
    config.setProperty("hazelcast.merge.first.run.delay.seconds", "2");
    config.setProperty("hazelcast.merge.next.run.delay.seconds", "2");
  }

  private void place(int member, ServerSocketEndpointConfig network) {
    network.setPublicAddress("127.0.0.1:" + publicPort(member));
    places.get(member).callFrom().forEach(network::addOutboundPort);
  }

  /** Cuts every cable between members of different sides. */
  synchronized void cut(Set<Integer> one, Set<Integer> other) {
    one.forEach(here -> other.forEach(there -> cut.add(Set.of(here, there))));
  }

  /** Mends all. */
  synchronized void mend() {
    cut.clear();
    notifyAll();
  }

  private synchronized boolean isCut(int one, int other) {
    return one != other && cut.contains(Set.of(one, other));
  }

  private synchronized void awaitMended(int one, int other) throws InterruptedException {
    while (!closed && isCut(one, other)) {
      wait();
    }
  }

  private void relay(int to) {
    ServerSocket relay = places.get(to).relay();
    while (!relay.isClosed()) {
      try {
        Socket caller = relay.accept();
        Thread.ofVirtual().start(() -> connect(caller, to));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket caller, int to) {
    int from = memberThatCallsFrom(caller.getPort());
    try (caller;
        Socket called = new Socket()) {
      if (isCut(from, to)) {
        return; // as where nothing listens: nobody is there who would accept a connection
      }
      called.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(to)));
      Thread back = Thread.ofVirtual().start(() -> carry(called, caller, from, to));
      carry(caller, called, from, to);
      back.join();
    } catch (IOException e) {
      // The member is not there; its caller sees the connection end.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int memberThatCallsFrom(int port) {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).callFrom().contains(port)) {
        return i;
      }
    }
    throw new IllegalStateException("no member calls from port " + port);
  }

  private void carry(Socket in, Socket out, int from, int to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream source = in.getInputStream();
      OutputStream sink = out.getOutputStream();
      for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
        awaitMended(from, to);
        sink.write(buffer, 0, read);
      }
      awaitMended(from, to);
    } catch (IOException e) {
      // Ended by one of the two.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(in);
    close(out);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    for (Place place : places) {
      try {
        place.relay().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
