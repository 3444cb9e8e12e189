package io.mnemogrid.node.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultPlanTest {
  private static final int MEMBERS = 3;
  private static final int ROUNDS = 4;

  @ParameterizedTest
  @MethodSource("seeds")
  void onlyAMemberThatJoinedLastComesToHarm(long seed) {
    int joinedLast = MEMBERS - 1;
    for (FaultPlan.Step step : draw(seed).steps()) {
      switch (step.fault()) {
        case LEAVE -> joinedLast = step.members().getFirst();
        case ROLL -> {
          assertThat(step.members()).as("seed %d", seed).containsExactlyInAnyOrder(0, 1, 2);
          joinedLast = step.members().getLast();
        }
        case KILL, KILL_WHILE_JOINING, PAUSE, PAUSE_UNTIL_DROPPED, CUT ->
            assertThat(step.members()).as("seed %d", seed).containsExactly(joinedLast);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void eachFaultHappensOnceARoundAndTheSameForTheSameSeed(long seed) {
    FaultPlan plan = draw(seed);
    for (Fault fault : Fault.values()) {
      assertThat(plan.steps()).filteredOn(step -> step.fault() == fault).hasSize(ROUNDS);
    }
    assertThat(draw(seed)).isEqualTo(plan);
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  private static FaultPlan draw(long seed) {
    return FaultPlan.draw(List.of(Fault.values()), MEMBERS, ROUNDS, new SplittableRandom(seed));
  }
}
