package io.mnemogrid.node.grid.registry;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A member's copy of the registry. Look-ups are local; the copy decides only while its lease lasts,
 * which the member renews by hearing from the authority that it is up to date.
 */
public final class RegistryReplica {
  /** Changes that may wait for one that was overtaken; beyond, the whole table is fetched. */
  private static final int MAX_WAITING = 4_096;

  private final Map<String, RegistryEntry> entries = new ConcurrentHashMap<>();
  private final Map<Long, Namespace> namespacesByUid = new ConcurrentHashMap<>();
  private final LongSupplier nanoClock;
  private final Consumer<Namespace> onDeleted;
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private @Nullable UUID authority;
  private long version;
  private volatile boolean leased;
  private volatile boolean retired;
  private volatile long leaseEndsNanos;

  private record Waiting(
      String name, @Nullable RegistryEntry entry, CompletableFuture<Void> applied) {}

  /**
   * @param nanoClock monotonic
   * @param onDeleted is told of each namespace that is no more
   */
  public RegistryReplica(LongSupplier nanoClock, Consumer<Namespace> onDeleted) {
    this.nanoClock = nanoClock;
    this.onDeleted = onDeleted;
  }

  /** The version of the copy. */
  public synchronized long version() {
    return version;
  }

  /** What the copy is a copy of; the authority is null before the first. */
  public record Position(@Nullable UUID authority, long version) {}

  /** Where the copy stands. */
  public synchronized Position position() {
    return new Position(authority, version);
  }

  /** Whether the copy is what that authority had at that version. */
  public synchronized boolean isAt(UUID ofAuthority, long atVersion) {
    return ofAuthority.equals(authority) && version >= atVersion;
  }

  /**
   * Applies a numbered change once all before it are.
   *
   * @return completes when it is applied; empty when only the whole table will help
   */
  public synchronized @Nullable CompletionStage<Void> apply(
      UUID ofAuthority, long changeVersion, String name, @Nullable RegistryEntry entry) {
    if (!ofAuthority.equals(authority) || waiting.size() >= MAX_WAITING) {
      return null;
    }
    if (changeVersion <= version) {
      return CompletableFuture.completedStage(null);
    }
    Waiting change =
        waiting.computeIfAbsent(
            changeVersion, v -> new Waiting(name, entry, new CompletableFuture<>()));
    drain();
    return change.applied();
  }

  /** Takes the authority's whole table, unless the copy is newer. */
  public synchronized void install(
      UUID ofAuthority, long wholeVersion, Collection<RegistryEntry> whole) {
    if (ofAuthority.equals(authority) && wholeVersion <= version) {
      return;
    }
    Map<String, RegistryEntry> wanted = new HashMap<>();
    whole.forEach(entry -> wanted.put(entry.name(), entry));
    for (RegistryEntry present : entries.values()) {
      if (!wanted.containsKey(present.name())) {
        put(present.name(), null);
      }
    }
    wanted.forEach(this::put);
    if (!ofAuthority.equals(authority)) {
      // The numbers of two authorities do not compare.
      waiting.values().forEach(change -> change.applied().cancel(false));
      waiting.clear();
    }
    authority = ofAuthority;
    version = wholeVersion;
    waiting.headMap(version, true).values().forEach(change -> change.applied().complete(null));
    waiting.headMap(version, true).clear();
    drain();
  }

  /** The entry of that name, whether the copy may decide or not. */
  public Optional<RegistryEntry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** All entries of the copy, for a joiner or a new authority. */
  public synchronized List<RegistryEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** The copy decides until {@code endsNanos}. */
  public void renewLease(long endsNanos) {
    leaseEndsNanos = endsNanos;
    leased = true;
  }

  /** The copy decides no more. */
  public void endLease() {
    leased = false;
  }

  /** The copy never decides again: its member has left the cluster, and will not be back. */
  public void retire() {
    retired = true;
  }

  public boolean isRetired() {
    return retired;
  }

  /** Whether the copy may decide now. */
  public boolean isLeased() {
    return leased && !retired && leaseEndsNanos - nanoClock.getAsLong() > 0;
  }

  /**
   * @throws Refusal.Unavailable if the copy may be out of date
   */
  public void requireLease() {
    if (!isLeased()) {
      throw new Refusal.Unavailable(
          retired
              ? "this node is out of service until it is started anew (GET /health/ready says why); ask another node"
              : "this node has not heard from the cluster for longer than its lease; try again or ask another node",
          Duration.ofSeconds(1));
    }
  }

  public @Nullable ApiKey key(String keyId) {
    RegistryEntry found = entries.get(RegistryEntry.OfKey.nameOf(keyId));
    // After the look-up, so that a pause between the two cannot let a revoked key through.
    requireLease();
    return found instanceof RegistryEntry.OfKey(ApiKey key) ? key : null;
  }

  public List<ApiKey> keys() {
    List<ApiKey> keys = new ArrayList<>();
    for (RegistryEntry entry : entries.values()) {
      if (entry instanceof RegistryEntry.OfKey(ApiKey key)) {
        keys.add(key);
      }
    }
    return keys;
  }

  public @Nullable Namespace namespace(String name) {
    return entries.get(RegistryEntry.OfNamespace.nameOf(name))
            instanceof RegistryEntry.OfNamespace of
        ? of.namespace()
        : null;
  }

  /** Also one that is still to take the place of another. */
  public @Nullable Namespace namespace(long uid) {
    return namespacesByUid.get(uid);
  }

  /** Those that can be named. */
  public List<Namespace> namespaces() {
    return namespacesByUid.values().stream().filter(this::isUnderItsName).toList();
  }

  private boolean isUnderItsName(Namespace namespace) {
    Namespace named = namespace(namespace.name());
    return named != null && named.uid() == namespace.uid();
  }

  private void drain() {
    while (!waiting.isEmpty() && waiting.firstKey() == version + 1) {
      Waiting next = waiting.pollFirstEntry().getValue();
      put(next.name(), next.entry());
      version++;
      next.applied().complete(null);
    }
  }

  private void put(String name, @Nullable RegistryEntry entry) {
    RegistryEntry before = entry == null ? entries.remove(name) : entries.put(name, entry);
    List<Namespace> now = namespacesOf(entry);
    now.forEach(is -> namespacesByUid.put(is.uid(), is));
    for (Namespace was : namespacesOf(before)) {
      if (now.stream().noneMatch(is -> is.uid() == was.uid())) {
        namespacesByUid.remove(was.uid());
        onDeleted.accept(was);
      }
    }
  }

  private static List<Namespace> namespacesOf(@Nullable RegistryEntry entry) {
    return entry instanceof RegistryEntry.OfNamespace of ? of.all() : List.of();
  }
}
