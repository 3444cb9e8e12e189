package io.mnemogrid.node.grid.shard;

import io.mnemogrid.vector.SnapshotException;
import io.mnemogrid.vector.SnapshotReader;
import io.mnemogrid.vector.SnapshotWriter;
import io.mnemogrid.vector.VectorIndex;
import io.mnemogrid.vector.VectorMemory;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The image of an index within that of its partition: its length, then its bytes. */
final class IndexImage {
  private static final int PIECE_BYTES = 1 << 16;

  private IndexImage() {}

  static void write(VectorIndex index, DataOutput out) throws IOException {
    try (SnapshotWriter snapshot = index.snapshot()) {
      out.writeLong(snapshot.remainingBytes());
      while (snapshot.hasNext()) {
        out.write(snapshot.next(PIECE_BYTES));
      }
    }
  }

  static VectorIndex read(VectorMemory memory, DataInput in) throws IOException {
    try (SnapshotReader snapshot = new SnapshotReader(memory)) {
      for (long left = in.readLong(); left > 0; left -= PIECE_BYTES) {
        byte[] piece = new byte[(int) Math.min(left, PIECE_BYTES)];
        in.readFully(piece);
        snapshot.accept(piece);
      }
      return snapshot.finish();
    } catch (SnapshotException e) {
      throw new IOException("the image of an index is damaged: " + e.getMessage(), e);
    }
  }
}
