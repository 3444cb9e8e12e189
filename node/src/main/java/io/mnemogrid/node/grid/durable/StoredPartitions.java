package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.grid.registry.RegistryTable;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.log.checkpoint.CheckpointHeader;
import io.mnemogrid.node.log.checkpoint.ImageChunks;
import io.mnemogrid.node.log.restart.Loader;
import io.mnemogrid.node.model.Stamp;
import io.mnemogrid.vector.VectorMemoryExhausted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes partitions of what a node reads from its disk. One thread, before anybody else has them.
 */
public final class StoredPartitions implements Loader {
  private final Member member;
  private final Map<Integer, List<byte[]>> pieces = new HashMap<>();
  private final Set<PartitionContainer> changed = new HashSet<>();

  /** Whose partitions they become. */
  public interface Member {
    PartitionContainer container(int partition);

    RegistryTable registry();

    /** Takes an image in, in place of what is there. */
    void install(int partition, List<byte[]> chunks) throws IOException;

    /** Lets go of what is there. */
    void clear(int partition);
  }

  public StoredPartitions(Member member) {
    this.member = member;
  }

  @Override
  public void image(CheckpointHeader header, ImageChunks chunks) throws IOException {
    List<byte[]> all = new ArrayList<>();
    for (byte[] chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
      all.add(chunk);
    }
    member.install(header.partition(), all);
  }

  @Override
  public void begin(int partition) {
    pieces.remove(partition);
    member.clear(partition);
  }

  @Override
  public void change(int partition, Stamp stamp, byte[] payload) throws IOException {
    PartitionContainer container = member.container(partition);
    switch (LogEntry.decode(payload)) {
      case LogEntry.Changes changes -> {
        apply(container, changes);
        changes.answers().forEach(container.answers()::keep);
        container.done(changes.write());
      }
      case LogEntry.Registry change ->
          member.registry().apply(change.version(), change.name(), change.entry());
      case LogEntry.RegistryWhole(RegistryTable table) ->
          member.registry().adopt(table.version(), List.copyOf(table.entries()));
      case LogEntry.Lost(long at) -> container.lostAt(at);
      case LogEntry.ImagePiece piece -> take(partition, piece);
    }
    container.noteStamp(stamp);
  }

  /**
   * What was deleted keeps its room until it is out of the graphs, and nobody waits for those here
   * as writers do.
   */
  private void apply(PartitionContainer container, LogEntry.Changes changes) {
    changed.add(container);
    try {
      container.apply(changes.changes());
    } catch (VectorMemoryExhausted e) {
      changed.forEach(PartitionContainer::finishGraphs);
      container.apply(changes.changes());
    }
  }

  /** An image of which a piece cannot be read is left out: its copy is known to be broken. */
  private void take(int partition, LogEntry.ImagePiece piece) throws IOException {
    List<byte[]> before = pieces.computeIfAbsent(partition, any -> new ArrayList<>());
    if (piece.number() == 0) {
      before.clear();
    }
    if (piece.number() == before.size()) {
      before.add(piece.bytes());
      if (piece.isLast()) {
        member.install(partition, before);
      }
    }
    if (piece.isLast()) {
      pieces.remove(partition);
    }
  }
}
