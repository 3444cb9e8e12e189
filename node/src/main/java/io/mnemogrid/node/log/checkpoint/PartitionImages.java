package io.mnemogrid.node.log.checkpoint;

import java.util.concurrent.CompletionStage;

/** Where images of partitions come from. */
@FunctionalInterface
public interface PartitionImages {
  /** What there is to be written of a partition. */
  sealed interface Answer {}

  /**
   * An image of one moment.
   *
   * @param header with the ordinal and the position of the log at that moment, both read on the
   *     partition's thread
   */
  record Image(CheckpointHeader header, ImageChunks chunks) implements Answer {}

  /**
   * There is no copy any more, and nobody will want what there was.
   *
   * @param ordinal of the log's last word on it
   */
  record Gone(long ordinal) implements Answer {}

  /** What there is must be left as it is for now. */
  record NotYet() implements Answer {}

  /** Takes an image of a partition, on its thread. */
  CompletionStage<Answer> take(int partition);
}
