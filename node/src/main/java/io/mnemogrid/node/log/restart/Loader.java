package io.mnemogrid.node.log.restart;

import io.mnemogrid.node.log.checkpoint.CheckpointHeader;
import io.mnemogrid.node.log.checkpoint.ImageChunks;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;

/** Takes in what a node finds on its disk, in the order in which it happened. One thread. */
public interface Loader {
  /** A partition begins with an image, which has been checked. */
  void image(CheckpointHeader header, ImageChunks chunks) throws IOException;

  /** A partition begins anew, empty: whatever was said of it before is void. */
  void begin(int partition);

  /** A partition changed; the same bytes that were appended. */
  void change(int partition, Stamp stamp, byte[] payload) throws IOException;

  /** Takes nothing in: to learn which copies there are. */
  static Loader nothing() {
    return new Loader() {
      @Override
      public void image(CheckpointHeader header, ImageChunks chunks) {}

      @Override
      public void begin(int partition) {}

      @Override
      public void change(int partition, Stamp stamp, byte[] payload) {}
    };
  }
}
