package io.mnemogrid.node.process;

import io.mnemogrid.node.testing.FreePorts;
import java.util.List;

/** Where the members of a cluster are, and what is between them. */
interface Network {
  /**
   * What a member's process needs to be told.
   *
   * @param commandPrefix what comes before its command
   */
  record Place(String clusterHost, int clusterPort, String httpHost, List<String> commandPrefix) {}

  /** The place of a member; the same each time. */
  Place place(int member);

  /** Loses all packets between this member and the others, and none between it and clients. */
  void cut(int member);

  void heal(int member);

  /** The loopback address of this machine, on which nothing can be cut. */
  static Network loopback(int members) {
    List<Integer> ports = FreePorts.draw(members);
    return new Network() {
      @Override
      public Place place(int member) {
        return new Place("127.0.0.1", ports.get(member), "127.0.0.1", List.of());
      }

      @Override
      public void cut(int member) {
        throw new UnsupportedOperationException("loopback cannot be cut");
      }

      @Override
      public void heal(int member) {
        throw new UnsupportedOperationException("loopback cannot be cut");
      }
    };
  }
}
