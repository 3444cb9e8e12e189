package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * The namespaces of the cluster. Look-ups are local; a change is known to every member when done.
 */
public interface NamespaceCatalog {
  Optional<Namespace> find(String name);

  /**
   * Nothing is told of a namespace that is being restored: what it has is not what it will have.
   *
   * @throws Refusal.Conflict if not all of it is there yet
   */
  default Optional<Namespace> findWhole(String name) {
    Optional<Namespace> found = find(name);
    if (found.isPresent() && found.get().isRestoring()) {
      throw new Refusal.Conflict(
          "namespace '%s' is not whole: it is being restored from a backup; wait until that is done, or, if the node that did it has stopped, restore it again with \"overwrite\": true or delete it"
              .formatted(name));
    }
    return found;
  }

  /**
   * The namespace of that name.
   *
   * @throws Refusal.NotFound if there is none
   * @throws Refusal.Conflict if not all of it is there yet
   */
  default Namespace existing(String name) {
    return findWhole(name).orElseThrow(() -> unknown(name));
  }

  /** Says that there is no namespace of that name. */
  static Refusal unknown(String name) {
    return new Refusal.NotFound(
        Refusal.NotFound.Kind.NAMESPACE,
        name,
        "there is no namespace '%s'; make it with POST /v1/namespaces or store into it"
            .formatted(name));
  }

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
