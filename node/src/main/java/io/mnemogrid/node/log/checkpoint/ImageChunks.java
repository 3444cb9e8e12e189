package io.mnemogrid.node.log.checkpoint;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An image of a partition, piece by piece; to whoever stores it, bytes. */
@FunctionalInterface
public interface ImageChunks {
  /** The next chunk, of at least one byte; null after the last. */
  byte @Nullable [] next() throws IOException;
}
