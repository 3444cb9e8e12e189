package io.mnemogrid.node.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultPlanTest {
  private static final int MEMBERS = 3;
  private static final int ROUNDS = 4;

  @Test
  void eachFaultComesToEachMemberAndOneAtATime() {
    for (Fault fault : Fault.values()) {
      List<List<Integer>> victims =
          seeds()
              .boxed()
              .flatMap(seed -> draw(seed).steps().stream())
              .filter(step -> step.fault() == fault)
              .map(FaultPlan.Step::members)
              .toList();
      if (fault == Fault.ROLL) {
        assertThat(victims).allSatisfy(all -> assertThat(all).containsExactlyInAnyOrder(0, 1, 2));
      } else {
        assertThat(victims)
            .contains(List.of(0), List.of(1), List.of(2))
            .allMatch(one -> one.size() == 1);
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
