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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TermDictionaryTest {
  private static final int THREADS = 4;
  private static final int STEPS = 200_000;

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

  /** So few terms that most are let go of by all, and come back with another number. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 20})
  void aNumberMeansItsTermOnEveryThreadThatHoldsIt(int terms) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int seed = 0; seed < THREADS; seed++) {
        SplittableRandom random = new SplittableRandom(seed);
        all.add(CompletableFuture.runAsync(() -> holdAndRelease(random, terms), threads));
      }
    }
    assertThat(all).allSatisfy(CompletableFuture::join);
    assertThat(dictionary.size()).isZero();
  }

  private void holdAndRelease(SplittableRandom random, int terms) {
    for (int i = 0; i < STEPS; i++) {
      String term = "t" + random.nextInt(terms);
      int number = dictionary.hold(term);
      if (random.nextInt(8) == 0) {
        dictionary.hold(number);
        dictionary.release(number);
      }
      if (!text(number).equals(term)) {
        throw new AssertionError("%s has the number of %s".formatted(term, text(number)));
      }
      dictionary.release(number);
    }
  }

  private String text(int number) {
    return new String(dictionary.utf8(number), StandardCharsets.UTF_8);
  }
}
