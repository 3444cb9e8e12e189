package io.mnemogrid.node.embed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFilesTest {
  @Test
  void theBundledModelIsDescribed() throws IOException {
    assertThat(BundledModel.card()).isEqualTo(new ModelCard("bge-small-en-v1.5-q", 384, 512, true));
  }

  @Test
  void theBundledVocabularyIsWhole() throws IOException {
    Vocabulary vocabulary = BundledModel.vocabulary();
    assertThat(vocabulary.open()).isEqualTo(101);
    assertThat(vocabulary.close()).isEqualTo(102);
    assertThat(vocabulary.unknown()).isEqualTo(100);
    assertThat(vocabulary.start("memory")).isEqualTo(3638);
    assertThat(vocabulary.continuation("memory")).isEqualTo(Vocabulary.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name=a\ndimension=4\nmax-tokens=8\nlower-case=true",
        "name=a\ndimension=4\nmax-tokens=8\nlower-case=true\npooling=mean",
        "name=a\ndimension=four\nmax-tokens=8\nlower-case=true\npooling=cls",
        "dimension=4\nmax-tokens=8\nlower-case=true\npooling=cls"
      })
  void aWrongDescriptionIsRefused(String properties) {
    assertThatThrownBy(() -> ModelCard.read(stream(properties)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("model.properties: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"model\": 7}",
        "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"[UNK]\": 0, \"[CLS]\": 1, \"[SEP]\": 2}}}",
        "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {}}}",
        "{\"model\": {\"type\": \"WordPiece\", \"vocab\": {\"[UNK]\": 0, \"[CLS]\": 1}}}",
        "{\"model\": {\"type\": \"WordPiece\", \"vocab\": [\"[UNK]\"]}}"
      })
  void aWrongVocabularyIsRefused(String json) {
    assertThatThrownBy(() -> Vocabulary.read(stream(json)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("tokenizer.json: ");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
