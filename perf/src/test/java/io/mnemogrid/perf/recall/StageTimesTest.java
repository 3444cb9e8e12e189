package io.mnemogrid.perf.recall;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class StageTimesTest {
  @Test
  void eachStageHasItsOwnMedianAndNinetyNinthPercentile() {
    var stages = new StageTimes();
    for (int i = 1; i <= 100; i++) {
      stages.add(
          new JsonObject(
              """
              {"memories": [], "explain": {"stages": {"embed": %d, "search": %d}}}\
              """
                  .formatted(i, 1_000 * i)));
    }
    assertThat(stages).hasToString("embed 50/99, search 50000/99000");
  }

  @Test
  void anAnswerWithoutStagesTellsNone() {
    var stages = new StageTimes();
    stages.add(new JsonObject("{\"memories\": []}"));
    stages.add(new JsonObject("{\"explain\": true}"));
    stages.add(new JsonObject("{\"explain\": {\"signals\": []}}"));
    assertThat(stages).hasToString("the node tells none");
  }
}
