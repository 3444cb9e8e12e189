package io.mnemogrid.node.process;

import java.util.ArrayList;
import java.util.List;

/**
 * Members in network namespaces of their own. Each has two cables: one to a bridge on which only
 * members are, and one to a bridge on which clients are, too. To cut a member off, its end of the
 * first is switched off: packets vanish, and nobody is told, as when a cable is pulled.
 *
 * <p>Needs the program {@code ip} and the right to use it. Addresses are of 198.18.0.0/15, which is
 * kept for tests of networks (RFC 2544).
 */
final class SeparateNetwork implements Network, AutoCloseable {
  private static final int CLUSTER_PORT = 5701;

  /** Names of interfaces have at most 15 characters; several runs may share a machine. */
  private final String prefix = "mg%x".formatted(ProcessHandle.current().pid() & 0xffff);

  private final int subnet = (int) (ProcessHandle.current().pid() % 250) + 1;
  private final List<List<String>> undo = new ArrayList<>();

  private SeparateNetwork() {}

  /**
   * Makes the network.
   *
   * @throws Shell.CommandFailedException if this machine does not allow it
   */
  static SeparateNetwork of(int members) {
    var network = new SeparateNetwork();
    try {
      network.addBridge(network.prefix + "m");
      network.addBridge(network.prefix + "c");
      ip("address", "add", network.host(18, 254) + "/24", "dev", network.prefix + "c");
      for (int i = 0; i < members; i++) {
        network.addMember(i);
      }
      return network;
    } catch (Shell.CommandFailedException e) {
      network.close();
      throw e;
    }
  }

  private void addBridge(String name) {
    ip("link", "add", name, "type", "bridge");
    undo.addFirst(List.of("link", "delete", name));
    ip("link", "set", name, "up");
  }

  private void addMember(int member) {
    ip("netns", "add", space(member));
    undo.addFirst(List.of("netns", "delete", space(member)));
    inside(member, "link", "set", "lo", "up");
    addCable(member, "m", host(19, member + 1));
    addCable(member, "c", host(18, member + 1));
  }

  private void addCable(int member, String kind, String address) {
    String outer = prefix + kind + member;
    String inner = kind + "0";
    ip("link", "add", outer, "type", "veth", "peer", "name", inner, "netns", space(member));
    ip("link", "set", outer, "master", prefix + kind, "up");
    inside(member, "address", "add", address + "/24", "dev", inner);
    inside(member, "link", "set", inner, "up");
  }

  private String space(int member) {
    return prefix + "-" + member;
  }

  private String host(int net, int number) {
    return "198.%d.%d.%d".formatted(net, subnet, number);
  }

  @Override
  public Place place(int member) {
    return new Place(
        host(19, member + 1),
        CLUSTER_PORT,
        host(18, member + 1),
        List.of("ip", "netns", "exec", space(member)));
  }

  @Override
  public void cut(int member) {
    ip("link", "set", prefix + "m" + member, "down");
  }

  @Override
  public void heal(int member) {
    ip("link", "set", prefix + "m" + member, "up");
  }

  private void inside(int member, String... arguments) {
    List<String> command = new ArrayList<>(List.of("-n", space(member)));
    command.addAll(List.of(arguments));
    ip(command.toArray(String[]::new));
  }

  private static void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    Shell.run(command.toArray(String[]::new));
  }

  /** Takes everything away again; cables go with the namespaces. */
  @Override
  public void close() {
    undo.forEach(arguments -> ip(arguments.toArray(String[]::new)));
    undo.clear();
  }
}
