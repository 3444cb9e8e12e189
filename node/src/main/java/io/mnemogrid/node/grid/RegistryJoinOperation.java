package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.AllowedDuringPassiveState;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Hands a joining member the registry before it counts as joined. */
final class RegistryJoinOperation extends GridOperation implements AllowedDuringPassiveState {
  private RegistrySnapshot snapshot;

  RegistryJoinOperation(RegistrySnapshot snapshot) {
    super(GridSerializerHook.REGISTRY_JOIN);
    this.snapshot = snapshot;
  }

  @Override
  public void run() {
    UUID authority = snapshot.authority();
    List<RegistryEntry> entries = snapshot.entries();
    if (authority != null && entries != null) {
      service().registry().install(authority, snapshot.version(), entries);
    }
  }

  @Override
  void writeBody(ObjectDataOutput out) throws IOException {
    snapshot.writeData(out);
  }

  @Override
  void readBody(ObjectDataInput in) throws IOException {
    snapshot = new RegistrySnapshot();
    snapshot.readData(in);
  }
}
