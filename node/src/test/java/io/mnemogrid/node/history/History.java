package io.mnemogrid.node.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All operations of a run, as its clients report them from any thread. */
public final class History {
  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  public void add(Operation operation) {
    operations.add(operation);
    size.incrementAndGet();
  }

  /** Operations so far, whatever became of them. */
  public int size() {
    return size.get();
  }

  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** Those of this kind with this outcome. */
  public long count(Operation.Kind kind, Outcome outcome) {
    return operations.stream()
        .filter(operation -> operation.kind() == kind && operation.outcome() == outcome)
        .count();
  }

  /** The longest that an operation of this kind took, unless it was refused, in nanoseconds. */
  public long longestNanos(Operation.Kind kind) {
    return operations.stream()
        .filter(operation -> operation.kind() == kind && operation.outcome() == Outcome.OK)
        .mapToLong(operation -> operation.returnedNanos() - operation.invokedNanos())
        .max()
        .orElse(0);
  }

  /**
   * What a check finds wrong, key by key.
   *
   * @param keyPrefix of the keys that it is for
   */
  public List<Violation> violations(
      String keyPrefix, Function<List<Operation>, List<Violation>> check) {
    Map<String, List<Operation>> byKey =
        operations.stream()
            .filter(operation -> operation.key().startsWith(keyPrefix))
            .collect(Collectors.groupingBy(Operation::key));
    List<Violation> violations = new ArrayList<>();
    byKey.values().forEach(ofOneKey -> violations.addAll(check.apply(ofOneKey)));
    return violations;
  }
}
