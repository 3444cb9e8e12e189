package io.mnemogrid.node.grid.member;

import io.mnemogrid.node.log.WriteAheadLog;
import io.mnemogrid.node.log.checkpoint.CheckpointHeader;
import io.mnemogrid.node.log.checkpoint.ImageChunks;
import io.mnemogrid.node.log.checkpoint.PartitionImages;
import io.mnemogrid.node.model.Stamp;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What there is to be written of each of this member's partitions: the image of a copy that is
 * whole, or what the log has to say anew where there is none.
 */
final class CheckpointSource implements PartitionImages {
  private static final CompletionStage<Answer> NOT_YET =
      CompletableFuture.completedStage(new NotYet());

  /** Should some member not come to have all that it is to keep, the log is not kept for longer. */
  private static final Duration KEPT_WHEN_LEFT = Duration.ofMinutes(10);

  private final GridService service;
  private final WriteAheadLog log;

  CheckpointSource(GridService service, WriteAheadLog log) {
    this.service = service;
    this.log = log;
  }

  @Override
  public CompletionStage<Answer> take(int partition) {
    return CompletableFuture.supplyAsync(
            () ->
                switch (service.journal().copy(partition)) {
                  case WHOLE -> image(partition);
                  case NONE -> gone(partition);
                  case LEFT ->
                      service.journal().becomesADoubt(partition, KEPT_WHEN_LEFT)
                          ? doubtedAnew(partition)
                          : NOT_YET;
                  case DOUBT -> doubtedAnew(partition);
                  case EMPTY, PARTIAL -> NOT_YET;
                },
            service.onPartitionThread(partition))
        .thenCompose(Function.identity());
  }

  private CompletionStage<Answer> image(int partition) {
    Iterator<byte[]> chunks = service.images().image(partition).iterator();
    ImageChunks image = () -> chunks.hasNext() ? chunks.next() : null;
    return CompletableFuture.completedStage(
        new Image(
            new CheckpointHeader(
                partition,
                service.container(partition).last(),
                log.ordinal(partition),
                log.written(),
                false),
            image));
  }

  /** The doubt moves to the end of the log, which it would else keep from its beginning on. */
  private CompletionStage<Answer> doubtedAnew(int partition) {
    long before = log.ordinal(partition);
    return log.begin(partition, Stamp.NONE).thenApply(done -> new Gone(before));
  }

  private CompletionStage<Answer> gone(int partition) {
    CompletionStage<@Nullable Void> logged =
        log.drop(partition, service.container(partition).last());
    long ordinal = log.ordinal(partition);
    return logged.thenApply(done -> new Gone(ordinal));
  }
}
