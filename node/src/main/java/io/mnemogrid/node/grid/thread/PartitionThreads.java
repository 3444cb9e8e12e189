package io.mnemogrid.node.grid.thread;

import com.hazelcast.spi.impl.NodeEngine;
import com.hazelcast.spi.impl.PartitionSpecificRunnable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads on which Hazelcast runs the operations of each partition, one after the other. */
public final class PartitionThreads {
  private static final Logger log = LoggerFactory.getLogger(PartitionThreads.class);

  private final NodeEngine engine;
  private final int partitions;

  public PartitionThreads(NodeEngine engine, int partitions) {
    this.engine = engine;
    this.partitions = partitions;
  }

  /** Runs tasks where the partition's writes run. */
  public Executor of(int partition) {
    return task ->
        engine
            .getOperationService()
            .execute(
                new PartitionSpecificRunnable() {
                  @Override
                  public int getPartitionId() {
                    return partition;
                  }

                  @Override
                  public void run() {
                    task.run();
                  }
                });
  }

  /**
   * Does something to each partition where nothing writes to it meanwhile, and waits for that.
   *
   * @param patience after which what is left is done without anybody who waits
   */
  public void onEach(IntConsumer action, Duration patience) {
    CountDownLatch done = new CountDownLatch(partitions);
    for (int i = 0; i < partitions; i++) {
      int partition = i;
      of(partition)
          .execute(() -> {
            try {
              action.accept(partition);
            } finally {
              done.countDown();
            }
          });
    }
    try {
      if (!done.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        log.warn("some partitions were not reached within {} s", patience.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
