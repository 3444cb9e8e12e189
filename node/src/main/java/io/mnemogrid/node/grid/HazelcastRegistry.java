package io.mnemogrid.node.grid;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.grid.member.RegistryClient;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import io.mnemogrid.node.grid.registry.RegistryReplica;
import io.mnemogrid.node.memory.KeyRegistry;
import io.mnemogrid.node.memory.ReplaceableNamespaces;
import io.mnemogrid.node.model.Namespace;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Namespaces and keys of the cluster, through the member of this process. */
final class HazelcastRegistry {
  private HazelcastRegistry() {}

  /** The namespaces of the registry. */
  record Catalog(RegistryReplica registry, RegistryClient client) implements ReplaceableNamespaces {
    @Override
    public Optional<Namespace> find(String name) {
      registry.requireLease();
      return Optional.ofNullable(registry.namespace(name));
    }

    @Override
    public List<Namespace> all() {
      registry.requireLease();
      return registry.namespaces().stream().sorted(Comparator.comparing(Namespace::name)).toList();
    }

    @Override
    public CompletionStage<Creation> create(Namespace namespace) {
      RegistryEntry wanted = new RegistryEntry.OfNamespace(namespace);
      return client
          .change(wanted.name(), present -> present.isPresent() ? present : Optional.of(wanted))
          .thenApply(changed ->
              new Creation(namespaceOf(changed.after()).orElseThrow(), changed.before().isEmpty()));
    }

    @Override
    public CompletionStage<Optional<Namespace>> update(
        String name, UnaryOperator<Namespace> change) {
      return change(
          name, of -> new RegistryEntry.OfNamespace(change.apply(of.namespace()), of.incoming()));
    }

    @Override
    public CompletionStage<Optional<Namespace>> bring(Namespace incoming) {
      return change(incoming.name(), of -> new RegistryEntry.OfNamespace(of.namespace(), incoming));
    }

    @Override
    public CompletionStage<Optional<Namespace>> replaceBy(Namespace brought) {
      return change(
          brought.name(),
          of -> isComing(brought, of) ? new RegistryEntry.OfNamespace(brought.restored()) : of);
    }

    @Override
    public CompletionStage<Optional<Namespace>> turnAway(Namespace incoming) {
      return change(
          incoming.name(),
          of -> isComing(incoming, of) ? new RegistryEntry.OfNamespace(of.namespace()) : of);
    }

    private static boolean isComing(Namespace namespace, RegistryEntry.OfNamespace of) {
      Namespace incoming = of.incoming();
      return incoming != null && incoming.uid() == namespace.uid();
    }

    private CompletionStage<Optional<Namespace>> change(
        String name, UnaryOperator<RegistryEntry.OfNamespace> change) {
      return client
          .change(
              RegistryEntry.OfNamespace.nameOf(name),
              present -> present.map(entry -> change.apply(ofNamespace(entry))))
          .thenApply(changed -> namespaceOf(changed.after()));
    }

    @Override
    public CompletionStage<Boolean> delete(String name) {
      return client
          .change(RegistryEntry.OfNamespace.nameOf(name), present -> Optional.empty())
          .thenApply(changed -> changed.before().isPresent());
    }

    private static Optional<Namespace> namespaceOf(Optional<RegistryEntry> entry) {
      return entry.map(present -> ofNamespace(present).namespace());
    }

    private static RegistryEntry.OfNamespace ofNamespace(RegistryEntry entry) {
      return switch (entry) {
        case RegistryEntry.OfNamespace of -> of;
        case RegistryEntry.OfKey key -> throw new IllegalStateException("a key: " + key.name());
      };
    }
  }

  /** The keys of the registry. */
  record Keys(RegistryReplica registry, RegistryClient client) implements KeyRegistry {
    @Override
    public Optional<ApiKey> find(String keyId) {
      return Optional.ofNullable(registry.key(keyId));
    }

    @Override
    public List<ApiKey> all() {
      registry.requireLease();
      return registry.keys().stream()
          .sorted(Comparator.comparingLong(ApiKey::createdAt).thenComparing(ApiKey::id))
          .toList();
    }

    @Override
    public CompletionStage<Boolean> add(ApiKey key) {
      RegistryEntry wanted = new RegistryEntry.OfKey(key);
      return client
          .change(wanted.name(), present -> present.isPresent() ? present : Optional.of(wanted))
          .thenApply(changed -> changed.before().isEmpty());
    }

    @Override
    public CompletionStage<Optional<ApiKey>> update(String keyId, UnaryOperator<ApiKey> change) {
      return client
          .change(
              RegistryEntry.OfKey.nameOf(keyId),
              present -> keyOf(present).map(change).map(RegistryEntry.OfKey::new))
          .thenApply(changed -> keyOf(changed.after()));
    }

    @Override
    public CompletionStage<Boolean> remove(String keyId) {
      return client
          .change(RegistryEntry.OfKey.nameOf(keyId), present -> Optional.empty())
          .thenApply(changed -> changed.before().isPresent());
    }

    private static Optional<ApiKey> keyOf(Optional<RegistryEntry> entry) {
      return entry.map(present ->
          switch (present) {
            case RegistryEntry.OfKey(ApiKey key) -> key;
            case RegistryEntry.OfNamespace namespace ->
                throw new IllegalStateException("a namespace: " + namespace.name());
          });
    }
  }
}
