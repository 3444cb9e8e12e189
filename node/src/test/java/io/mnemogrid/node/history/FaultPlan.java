package io.mnemogrid.node.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which faults happen to which members, one after the other.
 *
 * <p>Data has one backup, and who looks from the outside cannot see when a new one is complete. So
 * only the member that joined last is ever killed, paused or cut off: the others have had all data
 * between them, twice, since it left. A member that leaves waits until that is so again, and is the
 * one that joined last from then on.
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

  /**
   * Draws a plan in which each of the faults happens once a round.
   *
   * @param members their number; the last of them joined last
   */
  public static FaultPlan draw(
      Collection<Fault> faults, int members, int rounds, SplittableRandom random) {
    List<Step> steps = new ArrayList<>();
    int joinedLast = members - 1;
    for (int round = 0; round < rounds; round++) {
      for (Fault fault : shuffled(List.copyOf(faults), random)) {
        List<Integer> victims =
            switch (fault) {
              case LEAVE -> List.of(random.nextInt(members));
              case ROLL -> shuffled(numbers(members), random);
              case KILL, KILL_WHILE_JOINING, PAUSE, PAUSE_UNTIL_DROPPED, CUT -> List.of(joinedLast);
            };
        steps.add(new Step(fault, victims));
        joinedLast = victims.getLast();
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
