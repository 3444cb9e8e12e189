package io.mnemogrid.node.lexical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TermDictionaryTest {
  private static final int THREADS = 4;
  private static final int STEPS = 100_000;

  private final TermDictionary dictionary = new TermDictionary();

  @Test
  void aTermHasOneNumberAsLongAsItIsHeld() {
    int zebra = dictionary.hold("zebra");
    assertThat(dictionary.hold("zebra")).isEqualTo(zebra);
    assertThat(dictionary.hold("zebras")).isNotEqualTo(zebra);
    assertThat(dictionary.size()).isEqualTo(2);
    assertThat(text(zebra)).isEqualTo("zebra");
    dictionary.release(zebra);
    assertThat(dictionary.hold("zebra")).isEqualTo(zebra);
  }

  @Test
  void aTermThatNobodyHoldsIsGoneAndItsNumberFree() {
    int zebra = dictionary.hold("zebra");
    dictionary.hold(zebra);
    dictionary.release(zebra);
    assertThat(dictionary.size()).isEqualTo(1);
    dictionary.release(zebra);
    assertThat(dictionary.size()).isZero();
    assertThat(dictionary.hold("apple")).isEqualTo(zebra);
    assertThat(text(zebra)).isEqualTo("apple");
  }

  @Test
  void aNumberThatNobodyHoldsIsRefused() {
    int zebra = dictionary.hold("zebra");
    dictionary.release(zebra);
    assertThatThrownBy(() -> dictionary.release(zebra)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> dictionary.hold(zebra)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void numbersStayDenseWhileTermsComeAndGo() {
    SplittableRandom random = new SplittableRandom(5);
    ArrayDeque<Integer> held = new ArrayDeque<>();
    int highest = 0;
    for (int i = 0; i < 50_000; i++) {
      int number = dictionary.hold("t" + i);
      highest = Math.max(highest, number);
      held.add(number);
      if (held.size() > 3_000 || random.nextInt(3) == 0) {
        dictionary.release(held.remove());
      }
    }
    assertThat(highest).isLessThanOrEqualTo(3_000);
    held.forEach(dictionary::release);
    assertThat(dictionary.size()).isZero();
  }

  @Test
  void termsWithTheSameHashAreTold() {
    List<String> collisions = List.of("AaAa", "AaBB", "BBAa", "BBBB");
    Map<String, Integer> numbers = new HashMap<>();
    collisions.forEach(term -> numbers.put(term, dictionary.hold(term)));
    assertThat(numbers.values()).doesNotHaveDuplicates();
    numbers.forEach((term, number) -> assertThat(text(number)).isEqualTo(term));
  }

  /** Every thread holds and lets go of the same few terms, whose numbers so wander between them. */
  @Test
  void aNumberMeansItsTermOnEveryThreadThatHoldsIt() {
    AtomicInteger checked = new AtomicInteger();
    List<CompletableFuture<Void>> threads =
        IntStream.range(0, THREADS)
            .mapToObj(seed -> CompletableFuture.runAsync(() -> holdAndRelease(seed, checked)))
            .toList();
    threads.forEach(CompletableFuture::join);
    assertThat(checked.get()).isEqualTo(THREADS * STEPS);
    assertThat(dictionary.size()).isZero();
  }

  private void holdAndRelease(int seed, AtomicInteger checked) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Map.Entry<String, Integer>> held = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      String term = "t" + random.nextInt(20);
      held.add(Map.entry(term, dictionary.hold(term)));
      if (random.nextBoolean()) {
        dictionary.hold(held.getFirst().getValue());
        dictionary.release(held.getFirst().getValue());
      }
      while (held.size() > random.nextInt(4)) {
        Map.Entry<String, Integer> one = held.remove(random.nextInt(held.size()));
        assertThat(text(one.getValue())).as("seed %d", seed).isEqualTo(one.getKey());
        dictionary.release(one.getValue());
      }
      checked.incrementAndGet();
    }
    held.forEach(one -> dictionary.release(one.getValue()));
  }

  private String text(int number) {
    return new String(dictionary.utf8(number), StandardCharsets.UTF_8);
  }
}
