package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.CallStatus;
import com.hazelcast.spi.impl.operationservice.Offload;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.grid.shard.ShardGoneException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks one member about all the shards it owns, in one go. Runs on the member's search pool, never
 * on a partition's thread. What the member does not own, or has just handed off, it refuses.
 */
final class ReadOperation extends GridOperation {
  private ShardRead read;
  private List<ReadTarget> targets;
  private long timeoutMs;

  ReadOperation(ShardRead read, List<ReadTarget> targets, long timeoutMs) {
    super(GridSerializerHook.READ);
    this.read = read;
    this.targets = targets;
    this.timeoutMs = timeoutMs;
  }

  @Override
  public CallStatus call() {
    return new OnSearchPool();
  }

  /** Moves the work from Hazelcast's generic thread to the search pool. */
  private final class OnSearchPool extends Offload {
    OnSearchPool() {
      super(ReadOperation.this);
    }

    @Override
    public void start() {
      long startNanos = System.nanoTime();
      try {
        service().searchPool().execute(() -> answer(startNanos));
      } catch (RejectedExecutionException e) {
        sendResponse(ReadAnswer.busy(targets));
      }
    }
  }

  private void answer(long startNanos) {
    try {
      boolean late = System.nanoTime() - startNanos > TimeUnit.MILLISECONDS.toNanos(timeoutMs);
      sendResponse(late ? ReadAnswer.busy(targets) : readAll());
    } catch (RuntimeException | Error e) {
      sendResponse(e);
    }
  }

  private ReadAnswer readAll() {
    GridService service = service();
    ReadAnswer answer = new ReadAnswer();
    long now = service.unixSeconds();
    for (ReadTarget target : targets) {
      if (!service.answersFor(target.partitionId())) {
        answer.refuse(target);
        continue;
      }
      try {
        ReadAnswer part = new ReadAnswer();
        readOne(service.container(target.partitionId()), target, now, part);
        // Asked again: what the partition's leaving has emptied meanwhile must not pass for empty.
        if (service.answersFor(target.partitionId())) {
          answer.merge(part.complete(), read.candidateLimit());
          if (service.maybeShort(target)) {
            answer.addShort(target);
          }
        } else {
          answer.refuse(target);
        }
      } catch (ShardGoneException e) {
        answer.refuse(target);
      }
    }
    return answer;
  }

  private void readOne(
      PartitionContainer container, ReadTarget target, long now, ReadAnswer answer) {
    @Nullable Shard shard = container.shard(target.shardKey());
    if (shard != null) {
      read.read(shard, now, answer);
    }
  }

  @Override
  public boolean validatesTarget() {
    return true;
  }

  @Override
  void writeBody(ObjectDataOutput out) throws IOException {
    ShardRead.write(read, out);
    Wire.writeList(targets, out, ReadTarget::write);
    out.writeLong(timeoutMs);
  }

  @Override
  void readBody(ObjectDataInput in) throws IOException {
    read = ShardRead.read(in);
    targets = Wire.readList(in, ReadTarget::read);
    timeoutMs = in.readLong();
  }
}
