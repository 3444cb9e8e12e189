package io.mnemogrid.node.grid.member;

import com.hazelcast.spi.impl.operationservice.Operation;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.thread.Retry;
import io.mnemogrid.node.memory.NamespaceCatalog;
import io.mnemogrid.node.model.Failures;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What leads a namespace from one state to the next: changes in the registry, and operations at the
 * owners of its parts. Used by one thread, which waits for each.
 */
public final class Transitions {
  private static final Logger log = LoggerFactory.getLogger(Transitions.class);

  private final GridService service;
  private final NamespaceCatalog namespaces;
  private final Placement placement;
  // What an operator must mend is said once, not at each attempt.
  private long warnedOf;

  public Transitions(GridService service, NamespaceCatalog namespaces) {
    this.service = service;
    this.namespaces = namespaces;
    this.placement = new Placement(service.partitionCount());
  }

  /** Something that one namespace needs. */
  public interface Step {
    void take(Namespace namespace) throws InterruptedException, ExecutionException;
  }

  /**
   * Takes a step. What fails is logged: nobody waits for an answer, and another beat tries again.
   *
   * @return false when the thread was interrupted, and must end
   */
  public boolean attempt(Namespace namespace, Step step) {
    try {
      step.take(namespace);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | RuntimeException e) {
      log(namespace, e);
    }
    return true;
  }

  private void log(Namespace namespace, Exception failure) {
    Throwable cause = Failures.unwrapped(failure);
    if (cause instanceof Refusal.Conflict && warnedOf != namespace.uid()) {
      warnedOf = namespace.uid();
      log.warn("'{}' cannot be moved here: {}", namespace.name(), cause.getMessage());
    } else if (cause instanceof Refusal || Retry.mayPass(cause) || !service.engine().isRunning()) {
      log.debug("'{}' is moved further later", namespace.name(), cause);
    } else {
      log.warn("moving '{}' failed and will be tried again", namespace.name(), cause);
    }
  }

  public long unixSeconds() {
    return service.unixSeconds();
  }

  /** Where a part lives. */
  public int partition(ShardSpec part) {
    return placement.partition(part);
  }

  /** Whether this member owns the first part of the namespace. */
  public boolean leads(Namespace namespace) {
    return service.admission().answersFor(partition(ShardSpec.of(namespace, 0)));
  }

  /**
   * Changes the namespace unless somebody else has.
   *
   * @return as it is when every member knows it; empty when it is not what it was
   */
  public Optional<Namespace> change(Namespace from, UnaryOperator<Namespace> change)
      throws InterruptedException, ExecutionException {
    Namespace to = change.apply(from);
    return await(namespaces.update(from.name(), now -> now.equals(from) ? to : now))
        .filter(to::equals);
  }

  /** Begins an operation at the owner of a part. */
  public <T extends @Nullable Object> CompletableFuture<T> invoke(
      Operation operation, ShardSpec part) {
    return invoke(service, operation, partition(part));
  }

  /** Begins an operation at the owner of a partition. */
  public static <T extends @Nullable Object> CompletableFuture<T> invoke(
      GridService service, Operation operation, int partitionId) {
    return service
        .engine()
        .getOperationService()
        .createInvocationBuilder(GridService.NAME, operation, partitionId)
        .setFailOnIndeterminateOperationState(true)
        .setCallTimeout(service.settings().writeTimeout().toMillis())
        .<T>invoke()
        .toCompletableFuture();
  }

  public static <T> T await(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException {
    return stage.toCompletableFuture().get();
  }
}
