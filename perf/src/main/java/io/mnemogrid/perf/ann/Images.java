package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.SnapshotReader;
import io.mnemogrid.vector.SnapshotWriter;
import io.mnemogrid.vector.VectorIndex;
import io.mnemogrid.vector.VectorMemory;
import java.util.ArrayList;
import java.util.List;

/** Images of indexes in chunks, as a migration sends them. */
final class Images {
  static final int CHUNK_BYTES = 1 << 20;

  private Images() {}

  static List<byte[]> write(VectorIndex index) {
    List<byte[]> image = new ArrayList<>();
    try (SnapshotWriter writer = index.snapshot()) {
      while (writer.hasNext()) {
        image.add(writer.next(CHUNK_BYTES));
      }
    }
    return image;
  }

  static VectorIndex load(List<byte[]> image, VectorMemory memory) {
    try (var reader = new SnapshotReader(memory)) {
      image.forEach(reader::accept);
      return reader.finish();
    }
  }
}
