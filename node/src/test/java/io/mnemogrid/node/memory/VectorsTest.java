package io.mnemogrid.node.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.testing.HashingEmbedder;
import io.mnemogrid.node.testing.Samples;
import org.junit.jupiter.api.Test;

/** Namespaces whose model this node does not have as it was. */
class VectorsTest {
  private final HashingEmbedder embedder = new HashingEmbedder(Runnable::run);
  private final Vectors vectors = new Vectors(embedder);

  @Test
  void aModelThatThisNodeDoesNotHaveIsAConflict() {
    Namespace namespace = namespace("gone", embedder.dimension());
    assertThatThrownBy(() -> vectors.ofPatch(namespace, content("red")))
        .isInstanceOf(Refusal.Conflict.class)
        .hasMessageContaining("'gone'")
        .hasMessageEndingWith("The node has: words");
  }

  @Test
  void vectorsOfTheClientFitAllTheSame() {
    float[] own = new float[embedder.dimension()];
    own[0] = 1;
    MemoryPatch patch =
        new MemoryPatch("red", null, null, null, null, null, null, own, Verdict.NONE);
    assertThat(vectors.ofPatch(namespace("gone", own.length), patch).toCompletableFuture().join())
        .hasValueSatisfying(vector -> assertThat(vector).isSameAs(own));
  }

  @Test
  void aModelOfTheSameNameAndAnotherDimensionIsAConflict() {
    Namespace namespace = namespace("words", embedder.dimension() + 1);
    assertThatThrownBy(() -> vectors.ofPatch(namespace, content("red")))
        .isInstanceOf(Refusal.Conflict.class)
        .hasMessageContaining("65 dimensions")
        .hasMessageContaining("gives 64");
  }

  @Test
  void theNamespacesModelEmbedsItsTexts() {
    Namespace namespace = namespace("words", embedder.dimension());
    assertThat(vectors.ofPatch(namespace, content("red")).toCompletableFuture().join())
        .hasValueSatisfying(vector ->
            assertThat(vector)
                .isEqualTo(embedder.embedQuery("asker", "red").toCompletableFuture().join()));
  }

  private static Namespace namespace(String model, int dimension) {
    return Samples.namespace("any", 1, Space.first(model, dimension, 1));
  }

  private static MemoryPatch content(String content) {
    return new MemoryPatch(content, null, null, null, null, null, null, null, Verdict.NONE);
  }
}
