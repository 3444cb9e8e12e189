package io.mnemogrid.node.app;

import io.mnemogrid.node.grid.Grid;
import io.mnemogrid.node.http.Health;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a node says of its own state. */
final class NodeHealth implements Health {
  private static final String DEVELOPMENT_VERSION = "0.1.0-SNAPSHOT";

  private volatile @Nullable Grid grid;
  private volatile boolean serves;
  private volatile boolean stops;

  void watch(Grid watched) {
    grid = watched;
  }

  void serve() {
    serves = true;
  }

  void stop() {
    stops = true;
  }

  @Override
  public boolean ready() {
    return reasons().isEmpty();
  }

  @Override
  public List<String> reasons() {
    Grid watched = grid;
    if (stops) {
      return List.of("the node is stopping");
    }
    if (watched != null && !watched.troubles().isEmpty()) {
      return watched.troubles();
    }
    if (!serves || watched == null) {
      return List.of("the node is starting: joining the cluster and agreeing on the root key");
    }
    if (!watched.isServing()) {
      return List.of("the node has not heard from the cluster for longer than its lease");
    }
    return watched.isHealing()
        ? List.of("the node was cut off, and brings what it held to the other side")
        : List.of();
  }

  @Override
  public boolean outOfService() {
    Grid watched = grid;
    return watched != null && watched.isOutOfService();
  }

  @Override
  public int replicasMissing() {
    Grid watched = grid;
    return watched == null ? 0 : watched.replicasMissing();
  }

  @Override
  public int clusterSize() {
    Grid watched = grid;
    return watched == null ? 0 : watched.clusterSize();
  }

  @Override
  public String version() {
    return Objects.requireNonNullElse(
        NodeHealth.class.getPackage().getImplementationVersion(), DEVELOPMENT_VERSION);
  }
}
