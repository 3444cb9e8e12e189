package io.mnemogrid.node.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which faults happen to which members, one after the other. Data has one backup, so there is one
 * at a time, and the next once each member says that it has all of its backups again.
 */
public record FaultPlan(List<Step> steps) {
  /**
   * A fault.
   *
   * @param members it happens to, by number, in this order
   */
  public record Step(Fault fault, List<Integer> members) {}

  public FaultPlan {
    steps = List.copyOf(steps);
  }

  /** Draws a plan in which each of the faults happens once a round, to any of the members. */
  public static FaultPlan draw(
      Collection<Fault> faults, int members, int rounds, SplittableRandom random) {
    List<Step> steps = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (Fault fault : shuffled(List.copyOf(faults), random)) {
        List<Integer> victims =
            fault == Fault.ROLL
                ? shuffled(numbers(members), random)
                : List.of(random.nextInt(members));
        steps.add(new Step(fault, victims));
      }
    }
    return new FaultPlan(steps);
  }

  private static List<Integer> numbers(int count) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  private static <T> List<T> shuffled(List<T> list, SplittableRandom random) {
    List<T> rest = new ArrayList<>(list);
    List<T> shuffled = new ArrayList<>();
    while (!rest.isEmpty()) {
      shuffled.add(rest.remove(random.nextInt(rest.size())));
    }
    return shuffled;
  }
}
