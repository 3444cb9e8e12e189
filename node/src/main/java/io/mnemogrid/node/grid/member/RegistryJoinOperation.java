package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import io.mnemogrid.node.grid.wire.RegistrySnapshot;
import io.mnemogrid.node.grid.wire.TypeIds;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Hands a joining member the registry before it counts as joined. */
public final class RegistryJoinOperation extends GridOperation {
  private RegistrySnapshot snapshot;
  private long cluster;
  private int incarnation;
  private boolean majoritySeen;
  private int clusterSize;
  private boolean beginsAnew;

  /**
   * @param cluster drawn when the one that is joined was formed first
   * @param incarnation of the cluster that is joined; 0 while it is not formed
   * @param majoritySeen whether it has had most of its members once: without them, who joins it may
   *     decide nothing either
   * @param clusterSize members of the cluster when it is whole, as those that are there have it
   * @param beginsAnew whether the cluster that is joined does not go on, see {@link
   *     ColdStart#cutOff}
   */
  public RegistryJoinOperation(
      RegistrySnapshot snapshot,
      long cluster,
      int incarnation,
      boolean majoritySeen,
      int clusterSize,
      boolean beginsAnew) {
    super(TypeIds.REGISTRY_JOIN);
    this.snapshot = snapshot;
    this.cluster = cluster;
    this.incarnation = incarnation;
    this.majoritySeen = majoritySeen;
    this.clusterSize = clusterSize;
    this.beginsAnew = beginsAnew;
  }

  @Override
  protected boolean isForFormedMembers() {
    return false;
  }

  @Override
  public void run() {
    if (majoritySeen) {
      service().majority().wasSeenByOthers();
    }
    service().majority().countedOnByOthers(clusterSize);
    service().joined(cluster, incarnation, beginsAnew);
    UUID authority = snapshot.authority();
    List<RegistryEntry> entries = snapshot.entries();
    if (authority != null && entries != null) {
      service().registry().install(authority, snapshot.version(), entries);
    }
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    snapshot.writeData(out);
    out.writeLong(cluster);
    out.writeInt(incarnation);
    out.writeBoolean(majoritySeen);
    out.writeInt(clusterSize);
    out.writeBoolean(beginsAnew);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    snapshot = new RegistrySnapshot();
    snapshot.readData(in);
    cluster = in.readLong();
    incarnation = in.readInt();
    majoritySeen = in.readBoolean();
    clusterSize = in.readInt();
    beginsAnew = in.readBoolean();
  }
}
