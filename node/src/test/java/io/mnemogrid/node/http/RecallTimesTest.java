package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recall by the times that a question names, and by the sessions that memories are of. */
class RecallTimesTest extends RecallTest {
  /**
   * What fits the words better, of other times, must not keep it out of those that are compared.
   */
  @Test
  void whatIsAskedForByItsTimeAloneIsFound() {
    store("by-time", "We signed the lease of the new office", "2023-05-12T10:00:00Z");
    for (int i = 0; i < 120; i++) {
      store(
          "by-time",
          "Ticket %d: the build of the parser failed on the new server".formatted(i),
          "2024-09-%02dT10:00:00Z".formatted(i % 28 + 1));
    }
    JsonObject ask = ask("by-time", "What happened in May 2023?").put("top_k", 3);
    assertThat(contents(ask)).contains("We signed the lease of the new office");
    JsonObject explain =
        root.post(RECALL, ask.copy().put("explain", true))
            .expect(200)
            .body()
            .getJsonObject("explain");
    assertThat(explain.getJsonObject("candidates").getInteger("times")).isEqualTo(1);
  }

  @Test
  void whatIsInTheTimeThatIsAskedForComesBeforeWhatIsNearIt() {
    for (int day = 1; day <= 20; day++) {
      for (int note = 0; note < 12; note++) {
        root.post(
                STORE,
                memory("diary", "Note %d of the day: the build took a while".formatted(note))
                    .put("tags", new JsonArray().add("d" + day))
                    .put(
                        "valid_from",
                        secondsOf("2026-06-%02dT1%d:00:00Z".formatted(day, note % 10))))
            .expect(200);
      }
    }
    assertDays("What happened on 10 June 2026?", 12, "d10");
    assertDays("What happened on June 10?", 12, "d10");
    assertDays("What happened from 3 to 5 June 2026?", 30, "d3", "d4", "d5");
    assertDays("What did we discuss before 3 June 2026?", 20, "d1", "d2");
  }

  private static long secondsOf(String iso) {
    return Instant.parse(iso).getEpochSecond();
  }

  private static void assertDays(String question, int topK, String... days) {
    JsonArray hits =
        root.post(RECALL, ask("diary", question).put("top_k", topK)).expect(200).memories();
    assertThat(hits).hasSize(topK);
    assertThat(hits)
        .extracting(
            hit -> ((JsonObject) hit).getJsonObject("memory").getJsonArray("tags").getString(0))
        .containsOnly(days);
  }

  @Test
  void aNewerTimeIsAheadWhereAQuestionSaysSinceWhen() {
    store("reviews", "We reviewed the pull request of the parser", "2023-05-12T10:00:00Z");
    store("reviews", "We reviewed a pull request", "2023-03-12T10:00:00Z");
    assertThat(contents(ask("reviews", "Which pull requests were reviewed since May 2023?")))
        .startsWith("We reviewed the pull request of the parser");
  }

  /** Whatever was written on that day in other years. */
  @Test
  void whatNamesTheTimeThatIsAskedForIsFoundWheneverItWasWritten() {
    for (int year = 2016; year < 2026; year++) {
      store("planned", "The server of %d was bought".formatted(year), year + "-12-15T10:00:00Z");
      store("planned", "Somebody called in %d".formatted(year), year + "-12-16T10:00:00Z");
    }
    store("planned", "The release is planned for 15 December", "2026-11-02T10:00:00Z");
    JsonObject ask = ask("planned", "What is on 15 December?").put("top_k", 1);
    assertThat(contents(ask)).containsExactly("The release is planned for 15 December");
    JsonObject explain =
        root.post(RECALL, ask.copy().put("explain", true))
            .expect(200)
            .body()
            .getJsonObject("explain");
    assertThat(explain.getBoolean("times_alone")).isTrue();
    assertThat(explain.getJsonArray("times").getJsonObject(0).getString("grain")).isEqualTo("day");
    assertThat(explain.getJsonArray("times").getJsonObject(0).getBoolean("every_year")).isTrue();
  }

  @Test
  void whereNoEnglishIsExpectedATimeIsReadInDigitsAlone() {
    root.post("/v1/namespaces", new JsonObject().put("name", "german").put("language", "german"))
        .expect(201);
    store("german", "Der Vertrag gilt");
    JsonObject ask = ask("german", "Was war im May und am 2023-05-08?").put("explain", true);
    JsonArray times =
        root.post(RECALL, ask).expect(200).body().getJsonObject("explain").getJsonArray("times");
    assertThat(times).hasSize(1);
    assertThat(times.getJsonObject(0).getString("text")).isEqualTo("2023-05-08");
  }

  @Test
  void theOpenEndOfATimeIsNone() {
    store("open-end", "We went hiking");
    JsonObject ask = ask("open-end", "What happened after May 2023?").put("explain", true);
    JsonObject time =
        root.post(RECALL, ask)
            .expect(200)
            .body()
            .getJsonObject("explain")
            .getJsonArray("times")
            .getJsonObject(0);
    assertThat(time.getLong("from")).isEqualTo(1_685_577_600L);
    assertThat(time.containsKey("to")).isTrue();
    assertThat(time.getLong("to")).isNull();
  }

  @Test
  void aQuestionWithADateFindsWhatWasThen() {
    for (int month = 1; month <= 6; month++) {
      root.post(
              STORE,
              memory("dated", "We met the auditors and went through the books")
                  .put("tags", new JsonArray().add("m" + month))
                  .put("metadata", new JsonObject().put("date", "2023-0" + month + "-10")))
          .expect(200);
    }
    JsonObject best =
        root.post(
                RECALL,
                ask("dated", "What happened with the auditors in April 2023?").put("top_k", 6))
            .expect(200)
            .memories()
            .getJsonObject(0)
            .getJsonObject("memory");
    assertThat(best.getLong("valid_from")).isEqualTo(1_681_084_800L);
  }

  @Test
  void aDayThatIsABoundIsMeantAsAWhole() {
    LocalDate before = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    store("bounded", "The bridge is open");
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    JsonObject ask = ask("bounded", "Is the bridge open?");
    assertThat(contents(ask.copy().put("until", today.toString()))).hasSize(1);
    assertThat(contents(ask.copy().put("until", before.toString()))).isEmpty();
    JsonObject day = ask.copy().put("since", "2026-01-31").put("until", "2026-01-31");
    JsonObject explain =
        root.post(RECALL, day.put("explain", true)).expect(200).body().getJsonObject("explain");
    assertThat(explain.getLong("since")).isEqualTo(1_769_817_600L);
    assertThat(explain.getLong("until")).isEqualTo(1_769_817_600L + 86_399);
  }

  @ParameterizedTest
  @CsvSource({
    "after May 2023, 2023-06",
    "before May 2023, 2023-04",
    "since June 2023, 2023-06",
    "until April 2023, 2023-04",
    "by April 2023, 2023-04",
    "until 2022, 2022-04"
  })
  void whatIsOnTheSideOfABoundComesFirst(String when, String month) {
    String namespace = "hiking-" + when.replace(' ', '-');
    List<String> months = List.of("2023-05", "2023-04", "2023-06");
    for (String each : month.startsWith("2022") ? List.of("2023-05", month) : months) {
      root.post(STORE, memory(namespace, "We went hiking").put("valid_from", middleOf(each)))
          .expect(200);
    }
    JsonObject best =
        root.post(RECALL, ask(namespace, "hiking " + when).put("scoring", "relevance"))
            .expect(200)
            .memories()
            .getJsonObject(0);
    assertThat(best.getJsonObject("memory").getLong("valid_from")).isEqualTo(middleOf(month));
  }

  private static long middleOf(String month) {
    return YearMonth.parse(month).atDay(15).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }

  @Test
  void aSessionAndATimeInNewMetadataAreTheMemorys() {
    String id =
        root.post(
                STORE,
                memory("moved", "The talk was given")
                    .put(
                        "metadata",
                        new JsonObject().put("date", "2023-05-08").put("session_id", "spring")))
            .expect(200)
            .memory()
            .getString("id");
    JsonObject ask = ask("moved", "What happened on 8 May 2023?").put("explain", true);
    assertThat(ofDate(ask)).isEqualTo(1);
    JsonObject moved =
        withMetadata(id, new JsonObject().put("date", "2024-01-01").put("session_id", "winter"));
    assertThat(moved.getLong("valid_from")).isEqualTo(1_704_067_200L);
    assertThat(moved.getString("session_id")).isEqualTo("winter");
    assertThat(ofDate(ask)).isLessThan(1);
    JsonObject unknown = withMetadata(id, new JsonObject().put("room", 7).put("date", "soon"));
    assertThat(unknown.getLong("valid_from")).isNull();
    assertThat(unknown.getString("session_id")).isNull();
    JsonObject known =
        withMetadata(
            id, new JsonObject().put("date", 1_704_067_200.5).put("session_id", "\"new\""));
    assertThat(known.getLong("valid_from")).isEqualTo(1_704_067_200L);
    assertThat(known.getString("session_id")).isEqualTo("\"new\"");
  }

  @Test
  void aSessionAndATimeGivenBesideMetadataStayUntilTheyAreGivenAnew() {
    JsonObject named = new JsonObject().put("date", "2023-05-08").put("session_id", "spring");
    String id =
        root.post(
                STORE,
                memory("given", "The talk was given")
                    .put("session_id", "talks")
                    .put("valid_from", 1_600_000_000L)
                    .put("metadata", named))
            .expect(200)
            .memory()
            .getString("id");
    for (JsonObject metadata : List.of(named, new JsonObject())) {
      JsonObject kept = withMetadata(id, metadata);
      assertThat(kept.getLong("valid_from")).isEqualTo(1_600_000_000L);
      assertThat(kept.getString("session_id")).isEqualTo("talks");
    }
    String change =
        new JsonObject()
            .put("session_id", "lectures")
            .put("valid_from", 1_650_000_000L)
            .put("metadata", named)
            .encode();
    JsonObject changed = root.send("PUT", "/v1/memory/update/" + id, change).expect(200).memory();
    assertThat(changed.getLong("valid_from")).isEqualTo(1_650_000_000L);
    assertThat(changed.getString("session_id")).isEqualTo("lectures");
  }

  private static JsonObject withMetadata(String id, JsonObject metadata) {
    String change = new JsonObject().put("metadata", metadata).encode();
    return root.send("PUT", "/v1/memory/update/" + id, change).expect(200).memory();
  }

  /** How well the date of the only hit is that of the question. */
  private static double ofDate(JsonObject ask) {
    JsonObject signals =
        root.post(RECALL, ask).expect(200).memories().getJsonObject(0).getJsonObject("explain");
    return signals.getJsonObject("date", new JsonObject().put("raw", 0)).getDouble("raw");
  }

  private void store(String namespace, String content, String validFrom) {
    long seconds = Instant.parse(validFrom).getEpochSecond();
    root.post(STORE, memory(namespace, content).put("valid_from", seconds)).expect(200);
  }

  @Test
  void theTurnsAroundAHitAreFoundThroughTheirSession() {
    List<String> turns =
        List.of(
            "Anna: How was the concert last night?",
            "Ben: It began too late for me",
            "Anna: And the violin solo of Paganini's caprice?",
            "Ben: Breathtaking, I had tears in my eyes",
            "Anna: I wish I had come along");
    for (String turn : turns) {
      root.post(STORE, memory("talk", turn).put("session_id", "evening")).expect(200);
    }
    for (int i = 0; i < 60; i++) {
      root.post(STORE, memory("talk", "Ben: I had tea number " + i).put("session_id", "s" + i))
          .expect(200);
    }
    JsonObject ask = ask("talk", "What did Ben feel at the violin solo of Paganini?");
    assertThat(contents(ask.copy().put("top_k", 3)))
        .contains("Ben: Breathtaking, I had tears in my eyes");
    JsonObject candidates =
        root.post(RECALL, ask.copy().put("explain", true))
            .expect(200)
            .body()
            .getJsonObject("explain")
            .getJsonObject("candidates");
    assertThat(candidates.getInteger("neighborhood")).isPositive();
    JsonObject alone =
        root.post(RECALL, ask.copy().put("neighborhood", false).put("explain", true))
            .expect(200)
            .body()
            .getJsonObject("explain");
    assertThat(alone.getJsonObject("candidates").getInteger("neighborhood")).isZero();
  }
}
