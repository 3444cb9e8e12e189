package io.mnemogrid.node.grid;

import com.hazelcast.spi.impl.NodeEngine;
import com.hazelcast.spi.impl.PartitionSpecificRunnable;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of Hazelcast on which all writes of a partition run, one after the other. */
final class PartitionThreads {
  private static final Logger log = LoggerFactory.getLogger(PartitionThreads.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final NodeEngine engine;
  private final int partitionCount;

  PartitionThreads(NodeEngine engine, int partitionCount) {
    this.engine = engine;
    this.partitionCount = partitionCount;
  }

  /** Runs tasks where the partition's writes run. */
  Executor of(int partitionId) {
    return task ->
        engine
            .getOperationService()
            .execute(
                new PartitionSpecificRunnable() {
                  @Override
                  public int getPartitionId() {
                    return partitionId;
                  }

                  @Override
                  public void run() {
                    task.run();
                  }
                });
  }

  /** Does it for each partition, where nothing writes to that at the same time; waits for all. */
  void forEach(IntConsumer action) {
    CountDownLatch left = new CountDownLatch(partitionCount);
    for (int i = 0; i < partitionCount; i++) {
      int partition = i;
      of(partition)
          .execute(() -> {
            try {
              action.accept(partition);
            } finally {
              left.countDown();
            }
          });
    }
    try {
      if (!left.await(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("{} partitions were not reached within {}", left.getCount(), LONGEST_WAIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
