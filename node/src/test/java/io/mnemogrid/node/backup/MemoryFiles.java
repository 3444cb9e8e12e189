package io.mnemogrid.node.backup;

import io.mnemogrid.node.memory.MemoryCopies.Copy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Files of memories that tests write and read. */
final class MemoryFiles {
  private MemoryFiles() {}

  static List<Copy> copies(SplittableRandom random, int count) {
    List<Copy> copies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] record = new byte[random.nextInt(1, 400)];
      random.nextBytes(record);
      float[] vector = random.nextInt(8) == 0 ? null : new float[random.nextInt(1, 9)];
      for (int at = 0; vector != null && at < vector.length; at++) {
        vector[at] = random.nextFloat();
      }
      copies.add(new Copy(record, vector, random.nextInt(100), random.nextLong()));
    }
    return copies;
  }

  static MemoryFileWriter.Written write(Path file, boolean compressed, List<Copy> copies)
      throws IOException {
    try (MemoryFileWriter out = new MemoryFileWriter(file, compressed)) {
      for (Copy copy : copies) {
        out.add(copy);
      }
      return out.finish();
    }
  }

  /** All copies; the digest of the file too, as nothing tells a file from another else. */
  static Contents read(Path file) throws IOException {
    try (MemoryFileReader in = new MemoryFileReader(file)) {
      List<Copy> all = new ArrayList<>();
      List<Copy> some = in.next();
      while (!some.isEmpty()) {
        all.addAll(some);
        some = in.next();
      }
      return new Contents(all, in.sha256());
    }
  }

  record Contents(List<Copy> copies, String sha256) {}
}
