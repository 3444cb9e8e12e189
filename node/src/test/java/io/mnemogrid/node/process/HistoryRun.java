package io.mnemogrid.node.process;

import io.mnemogrid.node.history.FaultPlan;
import io.mnemogrid.node.history.History;
import io.mnemogrid.node.history.Operation.Kind;
import io.mnemogrid.node.history.Outcome;
import io.mnemogrid.node.history.Violation;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A plan of faults carried out under load.
 *
 * @param requests about as many as were made
 * @param failures requests that had no answer at their last try
 */
record HistoryRun(int requests, List<Violation> violations, List<String> failures) {
  static final long SEED = Long.getLong("history.seed", 20_261_127);
  static final int CLIENTS = Integer.getInteger("history.clients", 8);
  static final int ROUNDS = Integer.getInteger("history.rounds", 1);
  static final int MEMBERS = 3;

  /** Silence is noticed soon enough for a test, and not at every hiccup of a small machine. */
  static final Map<String, String> SETTINGS =
      Map.of("MNEMOGRID_CLUSTER_HEARTBEAT_TIMEOUT", "6s", "MNEMOGRID_CLUSTER_LEASE_DURATION", "3s");

  /**
   * Carries it out, reads everything once more, and looks for what is wrong.
   *
   * @param whileCutOff is given each member that is cut off, once it has noticed
   */
  static HistoryRun of(
      FaultyCluster cluster,
      FaultPlan plan,
      SplittableRandom random,
      Consumer<FaultyCluster.Member> whileCutOff) {
    System.out.printf("%d clients, %d rounds of faults; seed %d%n", CLIENTS, ROUNDS, SEED);
    try (var load = new Load(cluster, CLIENTS, random)) {
      load.start();
      new Nemesis(cluster, load, whileCutOff).run(plan);
      load.finish();
      var run = new HistoryRun(load.history().size(), load.violations(), load.failures());
      run.print(load.history());
      return run;
    }
  }

  private void print(History history) {
    for (Kind kind : Kind.values()) {
      System.out.printf(
          "  %s: %d, refused %d, unknown %d, longest %d ms%n",
          kind,
          history.count(kind, Outcome.OK),
          history.count(kind, Outcome.REFUSED),
          history.count(kind, Outcome.UNKNOWN),
          history.longestNanos(kind) / 1_000_000);
    }
    System.out.printf(
        "  %d violations, %d requests failed; seed %d%n", violations.size(), failures.size(), SEED);
    violations.stream().limit(20).forEach(violation -> System.out.println("  " + violation));
    failures.stream().limit(20).forEach(failure -> System.out.println("  " + failure));
  }
}
