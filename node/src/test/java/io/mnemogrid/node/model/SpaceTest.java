package io.mnemogrid.node.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mnemogrid.node.testing.Samples;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where memories and marks go as a space is split. */
class SpaceTest {
  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsInAShardGoesToOneOfTheTwoThatComeOfIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Space space = Space.first(Namespace.OWN_VECTORS, 8, 1 + random.nextInt(Space.MAX_SHARDS / 2));
    Space split = space.split(1);
    int moved = 0;
    for (int i = 0; i < 1_000; i++) {
      String id = Long.toHexString(random.nextLong());
      assertThat(split.shardOf(id) % space.shards()).isEqualTo(space.shardOf(id));
      moved += split.shardOf(id) == space.shardOf(id) ? 0 : 1;
      RequestMark.Digest digest = new RequestMark.Digest(random.nextLong(), random.nextLong());
      assertThat(digest.shardIn(split) % space.shards()).isEqualTo(digest.shardIn(space));
    }
    assertThat(moved).as("of 1000, that go to the new one").isBetween(400, 600);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 40, 64})
  void anIdThatIsDrawnForAMarkStaysWithItHoweverOftenItIsSplit(int shards) {
    SplittableRandom random = new SplittableRandom(shards);
    Space first = Space.first(Namespace.OWN_VECTORS, 8, shards);
    Namespace namespace = Samples.namespace("any", 7, first);
    for (int i = 0; i < 100; i++) {
      RequestMark mark =
          new RequestMark(
              new RequestMark.Digest(random.nextLong(), random.nextLong()),
              new RequestMark.Digest(0, 0));
      String id = MemoryId.draw(namespace, mark, random);
      assertThat(MemoryId.namespaceUid(id)).hasValue(7);
      for (Space space = first; ; space = space.split(space.generation() + 1)) {
        assertThat(space.shardOf(id)).isEqualTo(mark.shardIn(space));
        if (!space.canBeSplit()) {
          break;
        }
      }
    }
  }

  @Test
  void thereAreOneToSixtyFourShards() {
    assertThat(Space.first("m", 8, 32).canBeSplit()).isTrue();
    assertThat(Space.first("m", 8, 33).canBeSplit()).isFalse();
    for (int shards : new int[] {0, 65}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Space.first("m", 8, shards));
    }
  }
}
