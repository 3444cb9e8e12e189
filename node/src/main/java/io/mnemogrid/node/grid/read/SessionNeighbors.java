package io.mnemogrid.node.grid.read;

import io.mnemogrid.node.grid.shard.Found;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.ShardRead;
import io.mnemogrid.node.recall.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Picks the neighbours of candidates out of what the shards proposed. Each shard knows its own part
 * of a session only, and proposes the nearest there; the nearest of all are among these.
 */
public final class SessionNeighbors {
  private static final Comparator<Found> ALONG_SESSION =
      Comparator.comparing(
          Found::candidate,
          Comparator.comparingLong(Candidate::time)
              .thenComparingLong(Candidate::order)
              .thenComparing(Candidate::id));

  private SessionNeighbors() {}

  private record Session(long namespaceUid, String id) {
    static Session of(Found found) {
      return new Session(
          ShardSpec.namespaceUid(found.shardKey()),
          Objects.requireNonNull(found.candidate().session()));
    }
  }

  /**
   * Those of {@code proposed} that stand near one of {@code places} in its session.
   *
   * @param places found by a search
   * @param proposed by the shards, perhaps some of the places too
   * @param reach on each side
   */
  static List<Found> of(List<Found> places, List<Found> proposed, int reach) {
    Map<ShardRead.Wanted, Found> all = new LinkedHashMap<>();
    places.forEach(found -> all.put(ShardRead.Wanted.of(found), found));
    proposed.forEach(found -> all.putIfAbsent(ShardRead.Wanted.of(found), found));
    Map<Session, List<Found>> sessions = new HashMap<>();
    for (Found found : all.values()) {
      if (found.candidate().session() != null) {
        sessions.computeIfAbsent(Session.of(found), session -> new ArrayList<>()).add(found);
      }
    }
    List<Found> neighbors = new ArrayList<>();
    sessions.values().forEach(session -> addNear(session, reach, neighbors));
    return neighbors;
  }

  private static void addNear(List<Found> session, int reach, List<Found> into) {
    session.sort(ALONG_SESSION);
    for (int i = 0; i < session.size(); i++) {
      boolean near = false;
      int to = Math.min(session.size() - 1, i + reach);
      for (int j = Math.max(0, i - reach); j <= to && !near; j++) {
        near = session.get(j).candidate().proposed();
      }
      if (near && !session.get(i).candidate().proposed()) {
        into.add(session.get(i));
      }
    }
  }
}
