package io.mnemogrid.perf.recall;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What recall should reach on the ten conversations of LoCoMo, without a re-ranker.
 *
 * @param bar the least
 * @param stretch what is hoped for
 */
record Target(String name, ToDoubleFunction<Figures> figure, double bar, double stretch) {

  static List<Target> of(Setting setting) {
    return switch (setting) {
      case FULL ->
          List.of(
              new Target("R@20", Figures::recall20, 0.87, 0.89),
              new Target("micro@20", Figures::micro20, 0.78, 0.80),
              new Target("hit@20", Figures::hit20, 0.92, 0.935),
              new Target("MRR", Figures::mrr, 0.60, 0.63));
      case BARE ->
          List.of(
              new Target("R@20", Figures::recall20, 0.77, 0.80),
              new Target("micro@20", Figures::micro20, 0.69, 0.73),
              new Target("hit@20", Figures::hit20, 0.83, 0.85),
              new Target("MRR", Figures::mrr, 0.53, 0.56));
    };
  }

  String verdict(Figures figures) {
    double reached = figure.applyAsDouble(figures);
    return reached >= stretch ? "stretch" : reached >= bar ? "bar" : "missed";
  }
}
