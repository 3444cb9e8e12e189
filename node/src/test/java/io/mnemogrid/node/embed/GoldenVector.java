package io.mnemogrid.node.embed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mnemogrid.node.memory.Embedder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The vector that a bundled model gives for a text when another implementation runs it: Hugging
 * Face transformers.js 4.3.1 with the same files, pooling, prefix and L2 normalisation, rounded to
 * four decimals.
 */
record GoldenVector(String model, boolean isQuestion, String text, float[] vector) {
  static List<GoldenVector> all() {
    try (JsonParser json =
        new JsonFactory()
            .createParser(
                Objects.requireNonNull(
                    GoldenVector.class.getResourceAsStream("vectors-golden.json")))) {
      List<GoldenVector> all = new ArrayList<>();
      json.nextToken();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        json.nextToken();
        String model = json.nextTextValue();
        json.nextToken();
        boolean isQuestion = json.nextTextValue().equals("question");
        json.nextToken();
        String text = json.nextTextValue();
        json.nextToken();
        json.nextToken();
        float[] vector = new float[384];
        for (int i = 0; i < vector.length; i++) {
          json.nextToken();
          vector[i] = json.getFloatValue();
        }
        json.nextToken();
        json.nextToken();
        all.add(new GoldenVector(model, isQuestion, text, vector));
      }
      return all;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What an embedder makes of the text. */
  float[] of(Embedder embedder) {
    return isQuestion
        ? embedder.embedQuery("asker", text).toCompletableFuture().join()
        : embedder.embedAll(List.of(text)).toCompletableFuture().join().getFirst();
  }

  @Override
  public String toString() {
    return "%s, %s: %s".formatted(model, isQuestion ? "question" : "passage", text);
  }
}
