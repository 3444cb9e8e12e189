package io.mnemogrid.node.model;

import java.util.OptionalLong;
import java.util.Set;

/**
 * What must be so of a memory for a write of it to be made. It is looked at where the write is made
 * and in one step with it, so nothing comes between.
 */
public sealed interface Precondition {
  Precondition NONE = new None();

  /**
   * Whether the write may be made.
   *
   * @param version of the memory that is there; empty when there is none
   */
  boolean holds(OptionalLong version);

  /** Nothing is asked for. */
  record None() implements Precondition {
    @Override
    public boolean holds(OptionalLong version) {
      return true;
    }
  }

  /** There is no such memory. */
  record Absent() implements Precondition {
    @Override
    public boolean holds(OptionalLong version) {
      return version.isEmpty();
    }
  }

  /** There is one, of whatever version. */
  record Present() implements Precondition {
    @Override
    public boolean holds(OptionalLong version) {
      return version.isPresent();
    }
  }

  /** There is one, of one of these versions; no memory is of none. */
  record VersionIn(Set<Long> versions) implements Precondition {
    public VersionIn {
      versions = Set.copyOf(versions);
    }

    @Override
    public boolean holds(OptionalLong version) {
      return version.isPresent() && versions.contains(version.getAsLong());
    }
  }
}
