package io.mnemogrid.node.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.lexical.Analysis;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LanguagesTest {
  @Test
  void theDocumentNamesTheLanguagesThatThereAre() {
    Object declared =
        References.object(
                References.object(
                        References.object(ApiDocument.load().content().get("components"))
                            .get("schemas"))
                    .get("TextLanguage"))
            .get("enum");
    assertThat(((List<?>) Objects.requireNonNull(declared)).stream().map(String.class::cast))
        .containsExactlyInAnyOrderElementsOf(Analysis.names());
  }
}
