package io.mnemogrid.node.log.checkpoint;

import io.mnemogrid.node.log.WriteAheadLog;
import io.mnemogrid.node.model.Uninterrupted;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one low-priority thread that writes checkpoints and lets go of the log before them. */
public final class Checkpointer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration IMAGE_TIMEOUT = Duration.ofMinutes(1);

  private final WriteAheadLog writeAheadLog;
  private final Checkpoints checkpoints;
  private final PartitionImages images;
  private final CheckpointSettings settings;
  private final int partitions;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform()
          .name("mnemogrid-checkpoint")
          .daemon()
          .priority(Thread.MIN_PRIORITY)
          .unstarted(this::work);

  /**
   * @param partitions of the cluster; they are numbered from 0
   */
  public Checkpointer(
      WriteAheadLog writeAheadLog,
      Checkpoints checkpoints,
      PartitionImages images,
      CheckpointSettings settings,
      int partitions) {
    this.writeAheadLog = writeAheadLog;
    this.checkpoints = checkpoints;
    this.images = images;
    this.settings = settings;
    this.partitions = partitions;
  }

  public void start() {
    thread.start();
  }

  private void work() {
    long roundNanos = System.nanoTime();
    Duration look =
        LOOK_EVERY.compareTo(settings.interval()) < 0 ? LOOK_EVERY : settings.interval();
    try {
      while (!closed.await(look.toNanos(), TimeUnit.NANOSECONDS)) {
        if (System.nanoTime() - roundNanos >= settings.interval().toNanos()) {
          roundNanos = System.nanoTime();
          checkpoint(changed());
        } else if (writeAheadLog.retainedBytes() > settings.keptLogBytes()) {
          checkpoint(writeAheadLog.pinning());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody but the end of the process does that
    }
  }

  private Set<Integer> changed() {
    Set<Integer> changed = new LinkedHashSet<>();
    for (int partition = 0; partition < partitions; partition++) {
      if (writeAheadLog.ordinal(partition) > writeAheadLog.released(partition)) {
        changed.add(partition);
      }
    }
    return changed;
  }

  private void checkpoint(Set<Integer> wanted) throws InterruptedException {
    for (int partition : wanted) {
      if (closed.getCount() == 0) {
        return;
      }
      try {
        checkpoint(partition);
      } catch (IOException | ExecutionException | TimeoutException | RuntimeException | Error e) {
        log.warn(
            "partition {} could not be checkpointed; its log is kept until it is", partition, e);
      }
    }
  }

  private void checkpoint(int partition)
      throws IOException, ExecutionException, TimeoutException, InterruptedException {
    PartitionImages.Answer answer =
        images
            .take(partition)
            .toCompletableFuture()
            .get(IMAGE_TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
    switch (answer) {
      case PartitionImages.Image(CheckpointHeader header, ImageChunks chunks) -> {
        checkpoints.write(header, chunks);
        writeAheadLog.release(partition, header.ordinal());
      }
      case PartitionImages.Gone(long ordinal) -> {
        writeAheadLog.sync(); // else the copy might be there again, and in part
        checkpoints.delete(partition);
        writeAheadLog.releaseVoid(partition, ordinal);
      }
      case PartitionImages.NotYet() -> {}
    }
  }

  /** Finishes the checkpoint that is being written, and ends. */
  @Override
  public void close() {
    closed.countDown();
    Uninterrupted.join(thread);
  }
}
