package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.impl.operationservice.CallStatus;
import com.hazelcast.spi.impl.operationservice.Offload;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.grid.shard.ShardGoneException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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

  /**
   * Reads what this member answers for. What turns out to have left, or to have been closed, while
   * it was read is refused, and the rest is read again without it.
   */
  private ReadAnswer readAll() {
    GridService service = service();
    List<ReadTarget> refused = new ArrayList<>();
    List<ReadTarget> open = new ArrayList<>(targets);
    while (true) {
      move(open, refused, target -> !service.answersFor(target.partitionId()));
      ReadAnswer answer = new ReadAnswer();
      try {
        read.read(shards(service, open), service.unixSeconds(), answer);
      } catch (ShardGoneException e) {
        move(open, refused, target -> target.shardKey() == e.shardKey());
        continue;
      }
      // Asked again: what the partition's leaving has emptied meanwhile must not pass for empty.
      if (!move(open, refused, target -> !service.answersFor(target.partitionId()))) {
        refused.forEach(answer::refuse);
        open.stream().filter(service::maybeShort).forEach(answer::addShort);
        return answer.complete();
      }
    }
  }

  private static boolean move(
      List<ReadTarget> from, List<ReadTarget> to, Predicate<ReadTarget> which) {
    from.stream().filter(which).forEach(to::add);
    return from.removeIf(which);
  }

  private static List<Shard> shards(GridService service, List<ReadTarget> open) {
    List<Shard> shards = new ArrayList<>(open.size());
    for (ReadTarget target : open) {
      @Nullable Shard shard = service.container(target.partitionId()).shard(target.shardKey());
      if (shard != null) {
        shards.add(shard);
      }
    }
    return shards;
  }

  @Override
  public boolean validatesTarget() {
    return true;
  }

  @Override
  void writeBody(ObjectDataOutput out) throws IOException {
    ReadWire.write(read, out);
    Wire.writeList(targets, out, ReadTarget::write);
    out.writeLong(timeoutMs);
  }

  @Override
  void readBody(ObjectDataInput in) throws IOException {
    read = ReadWire.read(in);
    targets = Wire.readList(in, ReadTarget::read);
    timeoutMs = in.readLong();
  }
}
