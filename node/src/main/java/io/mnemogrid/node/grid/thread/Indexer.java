package io.mnemogrid.node.grid.thread;

import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.model.Uninterrupted;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one low-priority thread that moves vectors from the shards' tails into their graphs. */
public final class Indexer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Indexer.class);

  /** Few enough that a shard with little to do does not wait long behind one with much. */
  private static final int OPERATIONS_A_TURN = 32;

  /** While all that is left waits for readers to end. */
  private static final long BLOCKED_PAUSE_NANOS = 2_000_000;

  private static final long FAILED_PAUSE_NANOS = 1_000_000_000;

  private final LinkedBlockingQueue<Shard> queue = new LinkedBlockingQueue<>();
  private final Set<Shard> queued = ConcurrentHashMap.newKeySet();
  private final Thread thread =
      Thread.ofPlatform()
          .name("mnemogrid-indexer")
          .daemon()
          .priority(Thread.MIN_PRIORITY)
          .unstarted(this::work);

  public void start() {
    thread.start();
  }

  /** Any thread; each shard is in the queue at most once. */
  public void enqueue(Shard shard) {
    if (queued.add(shard)) {
      queue.add(shard);
    }
  }

  private void work() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Shard shard = queue.take();
        queued.remove(shard);
        try {
          int done = shard.maintain(OPERATIONS_A_TURN);
          if (shard.hasGraphWork()) {
            enqueue(shard);
            if (done == 0) {
              LockSupport.parkNanos(BLOCKED_PAUSE_NANOS);
            }
          }
        } catch (RuntimeException | Error e) {
          log.error(
              "indexing of {} failed and will be tried again; its vectors stay in the exact scan",
              shard.spec(),
              e);
          enqueue(shard);
          LockSupport.parkNanos(FAILED_PAUSE_NANOS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the turn under way: the memory it works on goes next. */
  @Override
  public void close() {
    thread.interrupt();
    Uninterrupted.join(thread);
  }
}
