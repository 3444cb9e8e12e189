package io.mnemogrid.node.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.embed.Task.Run;
import io.mnemogrid.node.embed.Task.Slice;
import io.mnemogrid.node.model.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queues without the model: the test takes the tasks itself. */
class LanesTest {
  private final Pace pace = new Pace(1);
  private final Lanes lanes = new Lanes(10, pace);
  private final Reading reading = Readings.packedBy(new Packing(2, 512));

  @Test
  void aQuestionGoesFirst() throws InterruptedException {
    assertThat(store(List.of("a", "b", "c"))).isNotDone();
    assertThat(takenTexts()).containsExactly("a", "b");
    assertThat(ask("q")).isNotDone();
    assertThat(takenTexts()).containsExactly("q");
    assertThat(takenTexts()).containsExactly("c");
  }

  @Test
  void storesGoOnUnderAFloodOfQuestions() throws InterruptedException {
    assertThat(store(List.of("s"))).isNotDone();
    for (int i = 0; i < 10; i++) {
      assertThat(ask("q")).isNotDone();
    }
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      order.addAll(takenTexts());
    }
    assertThat(order.indexOf("s")).isEqualTo(Lanes.TASKS_IN_A_ROW_MAX);
  }

  @Test
  void rerankingGoesAfterQuestionsAndBeforeStores() throws InterruptedException {
    assertThat(store(List.of("s"))).isNotDone();
    assertThat(score("r1", "r2", "r3")).isNotDone();
    assertThat(ask("q")).isNotDone();
    assertThat(takenTexts()).containsExactly("q");
    assertThat(takenTexts()).containsExactly("r1", "r2");
    assertThat(takenTexts()).containsExactly("r3");
    assertThat(takenTexts()).containsExactly("s");
  }

  @Test
  void nothingStarvesUnderAFloodOfAllElse() throws InterruptedException {
    assertThat(store(List.of("s"))).isNotDone();
    CompletableFuture<List<float[]>> question = ask("q");
    CompletableFuture<List<float[]>> scored = score("r");
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Slice slice = (Slice) taken();
      order.add(slice.request().text(slice.texts().getFirst()));
      slice.fail(new IllegalStateException("told to"));
      question = question.isDone() ? ask("q") : question;
      scored = scored.isDone() ? score("r") : scored;
    }
    int row = Lanes.TASKS_IN_A_ROW_MAX;
    assertThat(order.indexOf("r")).isEqualTo(row);
    assertThat(order.indexOf("s")).isEqualTo(row * (row + 1) + row);
  }

  @Test
  void requestsTakeTurns() throws InterruptedException {
    assertThat(store(List.of("a1", "a2", "a3", "a4"))).isNotDone();
    assertThat(store(List.of("b1"))).isNotDone();
    assertThat(takenTexts()).containsExactly("a1", "a2");
    assertThat(takenTexts()).containsExactly("b1");
    assertThat(takenTexts()).containsExactly("a3", "a4");
  }

  @Test
  void textsAreTakenShortestFirst() throws InterruptedException {
    assertThat(store(List.of("three", "a", "to", "fiftieth"))).isNotDone();
    assertThat(takenTexts()).containsExactly("a", "to");
    assertThat(takenTexts()).containsExactly("three", "fiftieth");
  }

  @Test
  void aRunGoesBeforeTheNextSlice() throws InterruptedException {
    assertThat(store(List.of("a", "b", "c"))).isNotDone();
    Slice slice = (Slice) taken();
    Passage passage = new Passage(slice.request(), 0, 1);
    lanes.ready(slice, List.of(new Window(passage, 0, Tokens.of(new int[3]))));
    assertThat(taken()).isInstanceOf(Run.class);
    assertThat(takenTexts()).containsExactly("c");
  }

  @Test
  void placesAreGivenBackWhenTheRequestEnds() throws InterruptedException {
    CompletableFuture<List<float[]>> first = store(texts(10));
    assertThat(lanes.taken()).isEqualTo(10);
    assertThat(store(texts(1))).isCompletedExceptionally();
    ((Slice) taken()).request().fail(new IllegalStateException("told to"));
    assertThat(first).isCompletedExceptionally();
    assertThat(lanes.taken()).isZero();

    CompletableFuture<List<float[]>> second = store(List.of("a"));
    Request request = ((Slice) taken()).request();
    request.put(0, new float[] {1});
    assertThat(second).isCompletedWithValueMatching(vectors -> vectors.getFirst()[0] == 1);
    assertThat(lanes.taken()).isZero();
  }

  @Test
  void aLongTextTakesMorePlaces() {
    assertThat(store(List.of("x".repeat(9 * Request.PLACE_CHARS)))).isNotDone();
    assertThat(lanes.taken()).isEqualTo(10);
  }

  @Test
  void theCallerIsToldHowLongItWillTake() {
    pace.ran(1, Duration.ofMillis(500).toNanos());
    assertThat(store(texts(10))).isNotDone();
    assertThat(store(texts(1)))
        .isCompletedExceptionally()
        .satisfies(refused ->
            assertThat(((Refusal.Busy) refused.exceptionNow()).retryAfter())
                .isEqualTo(Duration.ofSeconds(5)));
  }

  @Test
  void closingFailsWhatWaitsAndWhatIsPutBackLater() throws InterruptedException {
    CompletableFuture<List<float[]>> waiting = store(List.of("a"));
    CompletableFuture<List<float[]>> taken = ask("q");
    Slice slice = (Slice) taken();
    lanes.close();
    assertThat(lanes.take()).isNull();
    assertUnavailable(waiting);
    assertThat(taken).isNotDone();
    lanes.ready(slice, List.of());
    assertUnavailable(taken);
    assertUnavailable(ask("late"));
  }

  @Test
  void theListMayChangeAfterTheCall() throws InterruptedException {
    List<String> texts = new ArrayList<>(List.of("a"));
    assertThat(store(texts)).isNotDone();
    texts.set(0, "changed");
    assertThat(takenTexts()).containsExactly("a");
  }

  private CompletableFuture<List<float[]>> ask(String question) {
    return lanes.submit(Urgency.QUESTION, reading, List.of(question));
  }

  private CompletableFuture<List<float[]>> score(String... texts) {
    return lanes.submit(Urgency.RERANKING, reading, List.of(texts));
  }

  private CompletableFuture<List<float[]>> store(List<String> texts) {
    return lanes.submit(Urgency.STORE, reading, texts);
  }

  private static void assertUnavailable(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    assertThat(future.exceptionNow()).isInstanceOf(Refusal.Unavailable.class);
  }

  private Task taken() throws InterruptedException {
    return Objects.requireNonNull(lanes.take());
  }

  private List<String> takenTexts() throws InterruptedException {
    Slice slice = (Slice) taken();
    return slice.texts().stream().map(slice.request()::text).toList();
  }

  private static List<String> texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
  }
}
