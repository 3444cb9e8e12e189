package io.mnemogrid.node.recall;

import io.mnemogrid.node.model.Unrelated;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Spaces whose similarities can be told from each other: one alone, by the similarities themselves,
 * or several models', by how far each stands out from what is unrelated (its standard score).
 */
record ComparableSpaces(Set<FusionPlan.Space> spaces) {
  /** All the spaces that have vectors, those together that can be compared. */
  static List<ComparableSpaces> of(List<FusionPlan.Space> all) {
    Set<FusionPlan.Space> measured = new HashSet<>(all);
    measured.remove(FusionPlan.Space.NONE);
    Set<FusionPlan.Space> known =
        measured.stream().filter(space -> space.unrelated() != null).collect(Collectors.toSet());
    List<ComparableSpaces> comparable = new ArrayList<>();
    if (!known.isEmpty()) {
      comparable.add(new ComparableSpaces(known));
    }
    measured.stream()
        .filter(space -> space.unrelated() == null)
        .forEach(space -> comparable.add(new ComparableSpaces(Set.of(space))));
    return comparable;
  }

  boolean have(FusionPlan.Space space) {
    return spaces.contains(space);
  }

  /** A similarity in one of the spaces, as it is compared with those in the others. */
  double compared(FusionPlan.Space space, double similarity) {
    return spaces.size() == 1 ? similarity : unrelated(space).standingOut(similarity);
  }

  /** Over which they are spread at least. */
  double leastSpan() {
    return spaces.stream()
        .mapToDouble(space ->
            spaces.size() == 1
                ? space.leastSpan()
                : space.leastSpan() / unrelated(space).deviation())
        .min()
        .orElseThrow();
  }

  private static Unrelated unrelated(FusionPlan.Space space) {
    return Objects.requireNonNull(space.unrelated());
  }
}
