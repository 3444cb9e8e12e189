package io.mnemogrid.perf.recall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files as the documentation has them. */
class EvidenceSetTest {
  private static final String CONVERSATION =
      """
      {"conversation": {
         "speaker_a": "Ana", "speaker_b": "Ben",
         "session_10": [{"speaker": "Ben", "dia_id": "D10:1", "text": "Bye."}],
         "session_10_date_time": "12:05 am on 1 March, 2024",
         "session_2": [
           {"speaker": "Ana", "dia_id": "D2:1", "text": "Look!", "blip_caption": "a red kite",
            "query": "kite", "img_url": ["https://example.org/kite.jpg"]},
           {"speaker": "Ben", "dia_id": "D2:2", "text": "Nice.", "blip_caption": "a thumb"}],
         "session_2_date_time": "1:56 pm on 8 May, 2023",
         "session_11_date_time": "2:00 pm on 2 March, 2024"},
       "qa": [
         {"question": "What was red?", "answer": "a kite", "evidence": ["D2:1", "D2:1"], "category": 4},
         {"question": "When did Ben leave?", "evidence": ["D10:1; D2:2"], "category": 2},
         {"question": "Why?", "evidence": [], "category": 3}]}
      """;

  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aTurnIsStoredWithItsSpeakerItsImageAndWhatIsKnownOfItsSession() throws IOException {
    write("chat.json", CONVERSATION);
    Corpus corpus = EvidenceSet.read(folder).corpora().getFirst();
    assertThat(corpus.name()).isEqualTo("chat");
    assertThat(corpus.texts())
        .extracting(StoredText::content)
        .containsExactly(
            "Ana: Look! [shares a red kite] (kite)", "Ben: Nice. [shares a thumb]", "Ben: Bye.");
    StoredText first = corpus.texts().getFirst();
    assertThat(first.memory(Setting.FULL).encode())
        .isEqualTo(
            """
            {"content":"Ana: Look! [shares a red kite] (kite)","session_id":"session_2",\
            "valid_from":1683554160,"metadata":{"speaker":"Ana","dia_id":"D2:1",\
            "session_date":"2023-05-08T13:56:00Z"}}\
            """);
    assertThat(first.memory(Setting.BARE).encode())
        .isEqualTo("{\"content\":\"Ana: Look! [shares a red kite] (kite)\"}");
  }

  @Test
  void evidenceThatNoTurnHasStaysAndQuestionsWithoutAnyAreLeftOut() throws IOException {
    write("chat.json", CONVERSATION);
    EvidenceSet set = EvidenceSet.read(folder);
    assertThat(set.questions())
        .containsExactly(
            new Question("What was red?", "single-hop", Set.of("D2:1")),
            new Question("When did Ben leave?", "temporal", Set.of("D10:1; D2:2")));
    assertThat(set.withoutEvidence()).isEqualTo(1);
    assertThat(set.unknownEvidence()).isEqualTo(1);
    assertThat(set.hasDetails()).isTrue();
  }

  @Test
  void aConversationThatIsNotOneIsRefusedWithItsNameAndWhy() throws IOException {
    write("chat.json", CONVERSATION.replace("8 May, 2023", "May 8th"));
    assertThatThrownBy(() -> EvidenceSet.read(folder))
        .hasMessageContaining("chat.json")
        .hasMessageContaining("session_2")
        .hasMessageContaining("May 8th");
    write("chat.json", CONVERSATION.replace("D10:1\"", "D2:1\""));
    assertThatThrownBy(() -> EvidenceSet.read(folder)).hasMessageContaining("two texts");
    write("chat.json", "{}");
    assertThatThrownBy(() -> EvidenceSet.read(folder)).hasMessageContaining("'conversation'");
  }

  @Test
  void documentsAreReadWithWhatIsRelevantToEachQuery() throws IOException {
    write(
        "documents.jsonl",
        """
        {"id": "a", "text": "Of kites", "metadata": {"year": 1901}}

        {"id": "b", "text": "Of birds"}
        """);
    write(
        "queries.jsonl",
        """
        {"id": "1", "text": "what flies"}
        {"id": "2", "text": "what swims"}
        """);
    write("relevance.tsv", "1\tb\n1\ta\t2\n2\ta\t0\n1\tc\t1\n");
    EvidenceSet set = EvidenceSet.read(folder);
    assertThat(set.kind()).isEqualTo(EvidenceSet.Kind.DOCUMENTS);
    assertThat(set.questions())
        .containsExactly(new Question("what flies", "documents", Set.of("a", "b", "c")));
    assertThat(set.withoutEvidence()).isEqualTo(1);
    assertThat(set.unknownEvidence()).isEqualTo(1);
    assertThat(set.corpora().getFirst().texts())
        .extracting(text -> text.memory(Setting.FULL).encode())
        .containsExactly(
            "{\"content\":\"Of kites\",\"metadata\":{\"year\":1901}}",
            "{\"content\":\"Of birds\"}");
  }

  @Test
  void aLineThatIsNotADocumentIsRefusedWithItsNumber() throws IOException {
    write("documents.jsonl", "{\"id\": \"a\", \"text\": \"Of kites\"}\n{\"id\": \"b\"}\n");
    write("queries.jsonl", "");
    write("relevance.tsv", "");
    assertThatThrownBy(() -> EvidenceSet.read(folder))
        .hasMessageContaining("line 2")
        .hasMessageContaining("'text'");
  }

  @Test
  void aDirectoryWithoutEitherIsRefused() {
    assertThatThrownBy(() -> EvidenceSet.read(folder)).hasMessageContaining("documents.jsonl");
  }
}
