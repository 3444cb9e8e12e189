package io.mnemogrid.node.memory;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Stamp;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The memories of whole namespaces in the form in which they are kept, to be put away and brought
 * back. Stages fail with a {@link io.mnemogrid.node.model.Refusal} or, for a bug, with anything
 * else.
 */
public interface MemoryCopies {
  /**
   * A memory, or that there is none of an id any more.
   *
   * @param record all of it but its vector, in a form of its own whose first byte says which
   * @param vector {@code float[dimension]}; null where the memory is gone
   * @param lastAccessedAt unix seconds
   */
  record Copy(byte[] record, float @Nullable [] vector, int accessCount, long lastAccessedAt) {}

  /**
   * How far a part of a namespace is copied.
   *
   * @param upTo stamp of the last memory that is
   * @param begun stamp of the newest memory when it was begun; what was gone by then is left out
   * @param since unix seconds of when it was begun
   */
  record Mark(Stamp upTo, Stamp begun, long since) {
    /** Nothing is copied yet. */
    public static final Mark START = new Mark(Stamp.NONE, Stamp.NONE, 0);
  }

  /**
   * Some of a part of a namespace.
   *
   * @param copies a later one of the same id, in this page or the next, takes the place of an
   *     earlier one
   * @param next to go on from
   * @param more whether there are others after these; if not, all pages together are the part as it
   *     was at the moment of this one
   * @param memories how many the part held at that moment
   * @param complete whether none can be missing because all that held them were lost together
   */
  record Page(List<Copy> copies, Mark next, boolean more, int memories, boolean complete) {}

  /**
   * The next memories of a part, while it is used.
   *
   * @return fails with {@link io.mnemogrid.node.model.Refusal.Conflict} when the namespace has
   *     other parts or another model by now, so that its copying has to begin again
   */
  CompletionStage<Page> after(Namespace namespace, int part, Mark mark);

  /**
   * Brings memories to a namespace that is being restored, each as it was but for its origin; they
   * are on all their replicas when the stage completes. What is past its time comes too, as it may
   * be in the place of an older one, and is as gone as it would be had it stayed.
   *
   * @return how many ids they are of
   */
  CompletionStage<Integer> put(Namespace namespace, List<Copy> copies);

  /**
   * Checks that a copy can be put into a namespace of so many dimensions.
   *
   * @throws IllegalArgumentException if it cannot; says why
   */
  void check(Copy copy, int dimension);
}
