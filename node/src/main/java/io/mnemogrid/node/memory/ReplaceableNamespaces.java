package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Namespace;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Namespaces that others can take the place of, each at once and as a whole. */
public interface ReplaceableNamespaces extends NamespaceCatalog {
  /**
   * Notes what is to take the place of the namespace of its name, in place of anything that was to
   * before; the present one is used meanwhile. Nobody can name it until it does.
   *
   * @return the present one; empty when there is none, and nothing is noted
   */
  CompletionStage<Optional<Namespace>> bring(Namespace incoming);

  /**
   * Has what was brought take the place of the present namespace, which goes with all its memories.
   *
   * @return what is there now: another, or none, if that is not what is to take its place any more
   */
  CompletionStage<Optional<Namespace>> replaceBy(Namespace brought);

  /**
   * Removes what was to take the place of a namespace, with all its memories, if that still is to.
   */
  CompletionStage<Optional<Namespace>> turnAway(Namespace incoming);
}
