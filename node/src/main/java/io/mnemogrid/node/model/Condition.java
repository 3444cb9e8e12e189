package io.mnemogrid.node.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What must hold of a memory. A {@link FieldTest} says when one holds of a single field.
 *
 * <p>The factories leave out what says nothing, so that a condition which every memory fulfils is
 * always {@link #ALWAYS}, unless it takes reading the tests to know.
 */
public sealed interface Condition {
  /** Holds of every memory. */
  Condition ALWAYS = new All(List.of());

  /** Holds of none. */
  Condition NEVER = new Any(List.of());

  /** All of them hold. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  /** At least one of them holds. */
  record Any(List<Condition> conditions) implements Condition {
    public Any {
      conditions = List.copyOf(conditions);
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Condition {}

  /** One field passes one test. */
  record On(MemoryField field, FieldTest test) implements Condition {}

  static Condition all(List<Condition> conditions) {
    List<Condition> needed = new ArrayList<>();
    for (Condition condition : conditions) {
      if (condition.equals(NEVER)) {
        return NEVER;
      }
      if (condition instanceof All all) {
        needed.addAll(all.conditions());
      } else {
        needed.add(condition);
      }
    }
    return needed.size() == 1 ? needed.getFirst() : new All(needed);
  }

  static Condition any(List<Condition> conditions) {
    List<Condition> enough = new ArrayList<>();
    for (Condition condition : conditions) {
      if (condition.equals(ALWAYS)) {
        return ALWAYS;
      }
      if (condition instanceof Any any) {
        enough.addAll(any.conditions());
      } else {
        enough.add(condition);
      }
    }
    return enough.size() == 1 ? enough.getFirst() : new Any(enough);
  }

  static Condition not(Condition condition) {
    if (condition.equals(ALWAYS)) {
      return NEVER;
    }
    if (condition.equals(NEVER)) {
      return ALWAYS;
    }
    return condition instanceof Not not ? not.condition() : new Not(condition);
  }
}
