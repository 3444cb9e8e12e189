package io.mnemogrid.node.log;

import io.mnemogrid.node.log.FrameLayout.Header;
import io.mnemogrid.node.model.Stamp;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A frame on its way into the log, and who waits for it. */
final class Append {
  private final byte kind;
  private final int partition;
  private final long ordinal;
  private final Stamp stamp;
  private final byte[] payload;
  private final CompletableFuture<@Nullable Void> confirmed = new CompletableFuture<>();

  Append(byte kind, int partition, long ordinal, Stamp stamp, byte[] payload) {
    this.kind = kind;
    this.partition = partition;
    this.ordinal = ordinal;
    this.stamp = stamp;
    this.payload = payload;
  }

  int partition() {
    return partition;
  }

  long ordinal() {
    return ordinal;
  }

  byte[] payload() {
    return payload;
  }

  long frameBytes() {
    return FrameLayout.frameBytes(payload.length);
  }

  Header header() {
    return new Header(
        payload.length, FrameLayout.checksum(payload), partition, ordinal, stamp, kind);
  }

  CompletableFuture<@Nullable Void> confirmed() {
    return confirmed;
  }
}
