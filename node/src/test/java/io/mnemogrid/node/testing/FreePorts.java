package io.mnemogrid.node.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports of loopback that nobody listens on at the moment. */
public final class FreePorts {
  private FreePorts() {}

  /** Different ones: all are held while the others are drawn. */
  public static List<Integer> draw(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
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
}
