package io.mnemogrid.node.grid.registry;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.memory.Keys;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the side of a split that gave way took from somebody, whether it could confirm that or not.
 * All else that it changed in the registry is forgotten with it: what is taken away anywhere is
 * gone, and nothing is granted that the side that stands does not know.
 *
 * @param removed entries as they were when they were removed
 * @param present entries as they are there
 */
public record Revokes(List<RegistryEntry> removed, List<RegistryEntry> present) {
  /** Nothing. */
  public static final Revokes NONE = new Revokes(List.of(), List.of());

  static Revokes of(Collection<RegistryEntry> removed, Collection<RegistryEntry> present) {
    return new Revokes(List.copyOf(removed), List.copyOf(present));
  }

  /** Those of the entries that stand which change, by name, as {@link #after} says. */
  public Map<String, Optional<RegistryEntry>> against(Collection<RegistryEntry> standing) {
    Map<String, Optional<RegistryEntry>> changed = new HashMap<>();
    for (RegistryEntry entry : standing) {
      Optional<RegistryEntry> after = after(entry);
      if (!after.equals(Optional.of(entry))) {
        changed.put(entry.name(), after);
      }
    }
    return changed;
  }

  /** What becomes of an entry that stands: it stays, has less, or is removed. */
  public Optional<RegistryEntry> after(RegistryEntry standing) {
    boolean isRemoved =
        removed.stream()
            .filter(entry -> entry.name().equals(standing.name()))
            .anyMatch(entry -> isSame(entry, standing));
    if (isRemoved) {
      return Optional.empty();
    }
    RegistryEntry result = standing;
    for (RegistryEntry entry : present) {
      if (entry instanceof RegistryEntry.OfKey(ApiKey there)
          && result instanceof RegistryEntry.OfKey(ApiKey here)
          && isSame(entry, result)) {
        result = new RegistryEntry.OfKey(lessOf(here, there));
      }
    }
    return Optional.of(result);
  }

  private static boolean isSame(RegistryEntry there, RegistryEntry here) {
    return switch (here) {
      // Its secret is drawn anew for each key, and the root key is never removed.
      case RegistryEntry.OfKey(ApiKey key) ->
          !key.id().equals(Keys.ROOT_KEY_ID)
              && there instanceof RegistryEntry.OfKey(ApiKey other)
              && other.id().equals(key.id())
              && other.secret().equals(key.secret());
      case RegistryEntry.OfNamespace of ->
          there instanceof RegistryEntry.OfNamespace other
              && other.name().equals(of.name())
              && other.namespace().uid() == of.namespace().uid();
    };
  }

  /** A key as it stands, less what a change of the same or a later revision took from it. */
  private static ApiKey lessOf(ApiKey here, ApiKey there) {
    if (there.revision() < here.revision()) {
      return here;
    }
    ApiKey less = here.active() && !there.active() ? here.withActive(false) : here;
    if (isSooner(there.expiresAt(), less.expiresAt())) {
      less = less.withExpiry(there.expiresAt());
    }
    // What one side grants and the other covers, so that neither widens what the other has.
    Set<Grant> kept = new LinkedHashSet<>(within(here.grants(), there.grants()));
    kept.addAll(within(there.grants(), here.grants()));
    return kept.equals(Set.copyOf(here.grants()))
        ? less
        : less.with(less.name(), List.copyOf(kept));
  }

  private static List<Grant> within(List<Grant> grants, List<Grant> others) {
    return grants.stream()
        .filter(grant ->
            others.stream()
                .anyMatch(other -> other.covers(grant) && other.scope().includes(grant.scope())))
        .toList();
  }

  private static boolean isSooner(@Nullable Long one, @Nullable Long other) {
    return one != null && (other == null || one < other);
  }
}
