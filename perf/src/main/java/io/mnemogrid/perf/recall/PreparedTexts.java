package io.mnemogrid.perf.recall;

import io.mnemogrid.perf.TextLines;
import io.mnemogrid.perf.ann.VectorFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Texts with the vectors that were prepared of them, if there are any.
 *
 * @param vectors one a text, in the same order; empty if the node is to embed the texts
 */
record PreparedTexts(List<String> texts, float[][] vectors) {

  /**
   * Reads the first lines of {@code <name>.txt.gz}, and as many vectors of {@code <name>.f32}.
   *
   * @throws IllegalArgumentException if there are no texts, or fewer vectors than texts
   */
  static PreparedTexts read(Path directory, Optional<Path> vectors, String name, int most) {
    List<String> texts = TextLines.read(directory.resolve(name + ".txt.gz"), most);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("no texts in %s/%s.txt.gz".formatted(directory, name));
    }
    if (vectors.isEmpty()) {
      return new PreparedTexts(texts, new float[0][]);
    }
    float[][] prepared = VectorFile.read(vectors.get().resolve(name + ".f32"), texts.size());
    if (prepared.length < texts.size()) {
      throw new IllegalArgumentException(
          "%s.f32 has %,d vectors for %,d texts".formatted(name, prepared.length, texts.size()));
    }
    return new PreparedTexts(texts, prepared);
  }

  int count() {
    return texts.size();
  }

  boolean haveVectors() {
    return vectors.length > 0;
  }

  /** The text under this name, with its vector if there is one. */
  JsonObject with(String field, int i) {
    JsonObject json = new JsonObject().put(field, texts.get(i));
    if (haveVectors()) {
      JsonArray embedding = new JsonArray();
      for (float x : vectors[i]) {
        embedding.add(x);
      }
      json.put("embedding", embedding);
    }
    return json;
  }
}
