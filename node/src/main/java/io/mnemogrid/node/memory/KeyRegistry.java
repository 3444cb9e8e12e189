package io.mnemogrid.node.memory;

import io.mnemogrid.node.access.ApiKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * The keys of the cluster. Look-ups are local, without network; a change is applied by every member
 * before its stage completes, so a revoked key is refused everywhere from then on. That holds too
 * where nothing is left to change, as at another try of the same change.
 */
public interface KeyRegistry {
  /**
   * @throws io.mnemogrid.node.model.Refusal.Unavailable if this member has not heard from the
   *     registry within the lease: it fails closed
   */
  Optional<ApiKey> find(String keyId);

  /** Sorted by creation. */
  List<ApiKey> all();

  /** Adds a key; false when the id is taken. */
  CompletionStage<Boolean> add(ApiKey key);

  /** Changes one; empty when there is none. The change may run more than once. */
  CompletionStage<Optional<ApiKey>> update(String keyId, UnaryOperator<ApiKey> change);

  /** Removes it; false when there was none. */
  CompletionStage<Boolean> remove(String keyId);
}
