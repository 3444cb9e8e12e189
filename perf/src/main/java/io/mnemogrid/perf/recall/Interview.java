package io.mnemogrid.perf.recall;

import io.mnemogrid.perf.RefusedException;
import io.mnemogrid.perf.Timing;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Asks all questions of a set, each of the namespace that its corpus is stored in. */
final class Interview {
  private static final int EXPLAINED_MOST = 200;

  private final List<Asked> asked = new ArrayList<>();
  private final EvidenceOptions options;

  private record Asked(StoredCorpus corpus, Question question) {
    JsonObject request(Configuration configuration, int topK) {
      return configuration.request(topK).put("query", question.text());
    }
  }

  /**
   * @param stored the set's corpora, in its order
   */
  Interview(EvidenceSet set, List<StoredCorpus> stored, EvidenceOptions options) {
    for (int i = 0; i < stored.size(); i++) {
      for (Question question : set.corpora().get(i).questions()) {
        asked.add(new Asked(stored.get(i), question));
      }
    }
    this.options = options;
  }

  /** Asks in one way, until the node refuses one. */
  Outcome ask(Configuration configuration) {
    List<String> bodies =
        asked.stream()
            .map(one ->
                one.corpus.namespace().recallBody(one.request(configuration, options.topK())))
            .toList();
    Grade[] grades = new Grade[asked.size()];
    try {
      Timing timing =
          Timing.of(
              options.clients(),
              asked.size(),
              i -> asked.get(i).corpus.namespace().recall(bodies.get(i)),
              (answer, i) -> {
                Asked one = asked.get(i);
                grades[i] = Grade.of(one.corpus.ranking(answer.json()), one.question.evidence());
              });
      return new Outcome.Answered(configuration, List.of(grades), timing, stages(configuration));
    } catch (RefusedException e) {
      return new Outcome.Refused(configuration, e.reason());
    }
  }

  /** Of a part of the questions, from all corpora. */
  private StageTimes stages(Configuration configuration) {
    int explained = Math.min(EXPLAINED_MOST, asked.size());
    return StageTimes.of(
        IntStream.range(0, explained)
            .mapToObj(i -> asked.get((int) ((long) i * asked.size() / explained)))
            .map(one ->
                new StageTimes.Recall(
                    one.corpus.namespace(), one.request(configuration, options.topK())))
            .toList());
  }
}
