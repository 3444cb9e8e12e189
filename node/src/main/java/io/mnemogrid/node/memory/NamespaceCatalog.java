package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Namespace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * The namespaces of the cluster. Look-ups are local; a change is known to every member when done.
 */
public interface NamespaceCatalog {
  Optional<Namespace> find(String name);

  /** Sorted by name. */
  List<Namespace> all();

  /** Makes the namespace unless there is one of the name; the answer says which it was. */
  CompletionStage<Creation> create(Namespace namespace);

  /** Changes one; empty when there is none. The change may run more than once. */
  CompletionStage<Optional<Namespace>> update(String name, UnaryOperator<Namespace> change);

  /** Removes it with all its memories; false when there was none. */
  CompletionStage<Boolean> delete(String name);

  /** The namespace that is there now, and whether this call made it. */
  record Creation(Namespace namespace, boolean created) {}
}
