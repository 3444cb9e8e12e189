package io.mnemogrid.perf.recall;

import io.mnemogrid.perf.Latencies;
import io.mnemogrid.perf.NamespaceClient;
import io.mnemogrid.perf.RefusedException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What the stages of recalls took by the node's own account: {@code explain.stages} of its answers,
 * an object of a stage's name and microseconds. One thread.
 */
final class StageTimes {
  private final Map<String, List<Long>> microsByStage = new LinkedHashMap<>();

  /** One recall to be explained. */
  record Recall(NamespaceClient namespace, JsonObject fields) {}

  /**
   * Makes the recalls one after the other. A node that does not explain them has told of no stages.
   */
  static StageTimes of(List<Recall> recalls) {
    var stages = new StageTimes();
    try {
      for (Recall recall : recalls) {
        String body = recall.namespace.recallBody(recall.fields.copy().put("explain", true));
        stages.add(recall.namespace.recall(body).json());
      }
    } catch (RefusedException e) {
      stages.microsByStage.clear();
    }
    return stages;
  }

  void add(JsonObject answer) {
    if (answer.getValue("explain") instanceof JsonObject explain
        && explain.getValue("stages") instanceof JsonObject stages) {
      stages.forEach(stage -> {
        if (stage.getValue() instanceof Number micros) {
          microsByStage
              .computeIfAbsent(stage.getKey(), _ -> new ArrayList<>())
              .add(micros.longValue());
        }
      });
    }
  }

  /** Median and 99th percentile of each stage, in microseconds. */
  @Override
  public String toString() {
    return microsByStage.isEmpty()
        ? "the node tells none"
        : microsByStage.entrySet().stream()
            .map(stage -> shown(stage.getKey(), stage.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String shown(String stage, List<Long> micros) {
    var latencies = new Latencies(micros.size());
    for (int i = 0; i < micros.size(); i++) {
      latencies.took(i, TimeUnit.MICROSECONDS.toNanos(micros.get(i)));
    }
    return "%s %.0f/%.0f"
        .formatted(stage, latencies.millis(0.50) * 1_000, latencies.millis(0.99) * 1_000);
  }
}
