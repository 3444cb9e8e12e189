package io.mnemogrid.node.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionLinesTest {
  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void onlyTurnsThatFollowEachOtherAreNeighbors(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int length = random.nextInt(1, 60);
    int reach = random.nextInt(0, 6);
    boolean[] proposed = new boolean[length];
    TreeSet<Integer> inPool = new TreeSet<>();
    for (int turn = 0; turn < length; turn++) {
      if (random.nextInt(8) == 0) {
        proposed[turn] = true;
        for (int near = turn - reach; near <= turn + reach; near++) {
          if (near >= 0 && near < length) {
            inPool.add(near);
          }
        }
      }
    }
    List<Integer> turns = new ArrayList<>(inPool);
    Collections.shuffle(turns, Random.from(random));
    List<Candidate> candidates =
        turns.stream().map(turn -> Pools.turn(turn).proposed(proposed[turn]).build()).toList();

    SessionLines lines = SessionLines.of(candidates, reach);

    for (int i = 0; i < turns.size(); i++) {
      for (int d = -SessionLines.REACH_MAX; d <= SessionLines.REACH_MAX; d++) {
        int neighbor = lines.neighbor(i, d);
        int wanted = turns.get(i) + d;
        boolean inReach = proposed[turns.get(i)] && Math.abs(d) <= reach;
        if (d != 0 && neighbor >= 0) {
          assertThat(turns.get(neighbor)).isEqualTo(wanted);
        } else if (d != 0 && inReach) {
          assertThat(wanted < 0 || wanted >= length).isTrue();
        }
      }
    }
  }

  @Test
  void turnsOfOtherSessionsAndNamespacesAreNoNeighbors() {
    List<Candidate> candidates =
        List.of(
            Pools.turn(1).build(),
            Pools.turn(2).session("other").build(),
            Pools.turn(2).namespace(1).build(),
            Pools.turn(2).session(null).build());
    SessionLines lines = SessionLines.of(candidates, 4);
    assertThat(lines.neighbor(0, 1)).isNegative();
    assertThat(lines.isOutside(0)).isFalse();
    assertThat(lines.isOutside(3)).isTrue();
    assertThat(lines.best(new double[] {1, 2, 3, 4})).containsExactly(1, 2, 3, 4);
  }

  @Test
  void turnsOfOneMomentStandInTheOrderOfTheirIds() {
    List<Candidate> candidates =
        List.of(Pools.candidate("b").order(7).build(), Pools.candidate("a").order(7).build());
    SessionLines lines = SessionLines.of(candidates, 4);
    assertThat(lines.neighbor(1, 1)).isZero();
    assertThat(lines.neighbor(0, -1)).isEqualTo(1);
  }

  @Test
  void theBestOfASessionIsThatOfEachOfItsTurns() {
    List<Candidate> candidates =
        List.of(
            Pools.turn(1).build(),
            Pools.turn(2).build(),
            Pools.turn(3).session("other").build(),
            Pools.turn(4).session(null).build());
    assertThat(SessionLines.of(candidates, 0).best(new double[] {0.1, 0.7, -0.5, 0.3}))
        .containsExactly(0.7, 0.7, -0.5, 0.3);
  }

  @Test
  void withoutSessionsThereAreNoLines() {
    assertThat(SessionLines.of(List.of(), 4).areEmpty()).isTrue();
    assertThat(SessionLines.of(List.of(Pools.turn(1).session(null).build()), 4).areEmpty())
        .isTrue();
    assertThat(SessionLines.of(List.of(Pools.turn(1).build()), 4).areEmpty()).isFalse();
  }
}
