package io.mnemogrid.node.recall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which candidates stand next to each other in a session.
 *
 * <p>The candidates of a session are a part of its turns, so two that follow each other among them
 * may be far apart in the session. That they are neighbours is known only within reach of a
 * proposed one, all of whose neighbours are candidates.
 */
final class SessionLines {
  /** Turns on each side that can count. */
  static final int REACH_MAX = 4;

  private static final int ABSENT = -1;
  private static final int WIDTH = 2 * REACH_MAX + 1;

  private final int[] neighbors;
  private final int[] sessions;
  private final int sessionCount;

  private record Key(int namespace, String session) {}

  private SessionLines(int[] neighbors, int[] sessions, int sessionCount) {
    this.neighbors = neighbors;
    this.sessions = sessions;
    this.sessionCount = sessionCount;
  }

  /**
   * @param reach how far the neighbours of proposed candidates are candidates
   */
  static SessionLines of(List<Candidate> candidates, int reach) {
    int[] neighbors = new int[candidates.size() * WIDTH];
    Arrays.fill(neighbors, ABSENT);
    int[] sessions = new int[candidates.size()];
    Arrays.fill(sessions, ABSENT);
    Map<Key, List<Integer>> lines = new LinkedHashMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      Candidate candidate = candidates.get(i);
      String session = candidate.session();
      if (session != null) {
        lines
            .computeIfAbsent(new Key(candidate.namespace(), session), key -> new ArrayList<>())
            .add(i);
      }
    }
    int number = 0;
    for (List<Integer> line : lines.values()) {
      line.sort(
          Comparator.<Integer>comparingLong(i -> candidates.get(i).order())
              .thenComparing(i -> candidates.get(i).id()));
      boolean[] joined = joined(line, candidates, reach);
      for (int at = 0; at < line.size(); at++) {
        sessions[line.get(at)] = number;
        link(line, joined, at, neighbors);
      }
      number++;
    }
    return new SessionLines(neighbors, sessions, number);
  }

  /** Whether the turn at each place and the one behind it are known to be neighbours. */
  private static boolean[] joined(List<Integer> line, List<Candidate> candidates, int reach) {
    boolean[] joined = new boolean[line.size()];
    for (int at = 0; at < line.size(); at++) {
      if (candidates.get(line.get(at)).proposed()) {
        int end = (int) Math.min(line.size() - 1L, (long) at + reach);
        Arrays.fill(joined, Math.max(0, at - reach), end, true);
      }
    }
    return joined;
  }

  private static void link(List<Integer> line, boolean[] joined, int at, int[] neighbors) {
    int row = line.get(at) * WIDTH + REACH_MAX;
    for (int d = 1; d <= REACH_MAX && at + d < line.size() && joined[at + d - 1]; d++) {
      neighbors[row + d] = line.get(at + d);
    }
    for (int d = 1; d <= REACH_MAX && at - d >= 0 && joined[at - d]; d++) {
      neighbors[row - d] = line.get(at - d);
    }
  }

  /** Whether no candidate has a session. */
  boolean areEmpty() {
    return sessionCount == 0;
  }

  /** Whether the candidate is in no session. */
  boolean isOutside(int candidate) {
    return sessions[candidate] == ABSENT;
  }

  /** The candidate {@code distance} turns behind, or before if negative; negative when unknown. */
  int neighbor(int candidate, int distance) {
    return neighbors[candidate * WIDTH + REACH_MAX + distance];
  }

  /** The highest value in the session of each; its own where there is no session. */
  double[] best(double[] values) {
    double[] bestOfSession = new double[sessionCount];
    Arrays.fill(bestOfSession, Double.NEGATIVE_INFINITY);
    for (int i = 0; i < values.length; i++) {
      if (sessions[i] != ABSENT) {
        bestOfSession[sessions[i]] = Math.max(bestOfSession[sessions[i]], values[i]);
      }
    }
    double[] best = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      best[i] = sessions[i] == ABSENT ? values[i] : bestOfSession[sessions[i]];
    }
    return best;
  }
}
