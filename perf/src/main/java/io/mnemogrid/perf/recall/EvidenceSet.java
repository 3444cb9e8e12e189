package io.mnemogrid.perf.recall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Corpora of one kind.
 *
 * @param kind names the report
 */
record EvidenceSet(Kind kind, List<Corpus> corpora) {
  enum Kind {
    CONVERSATIONS("conversations"),
    DOCUMENTS("documents");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /**
   * Reads a directory: of documents, if it has {@value Documents#DOCUMENTS}, or else of
   * conversations, one in each {@code .json} file.
   *
   * @throws IllegalArgumentException if it has neither, or not in the form that is documented
   */
  static EvidenceSet read(Path directory) {
    EvidenceSet set =
        Files.exists(directory.resolve(Documents.DOCUMENTS))
            ? new EvidenceSet(Kind.DOCUMENTS, List.of(Documents.read(directory)))
            : new EvidenceSet(Kind.CONVERSATIONS, conversations(directory));
    if (set.questions().isEmpty()) {
      throw new IllegalArgumentException(
          "%s has neither %s nor .json files of conversations, or no question that a text answers"
              .formatted(directory, Documents.DOCUMENTS));
    }
    return set;
  }

  private static List<Corpus> conversations(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(Conversation.ENDING))
          .sorted()
          .map(Conversation::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + directory, e);
    }
  }

  /** All questions, corpus by corpus. */
  List<Question> questions() {
    return corpora.stream().flatMap(corpus -> corpus.questions().stream()).toList();
  }

  int texts() {
    return corpora.stream().mapToInt(corpus -> corpus.texts().size()).sum();
  }

  int withoutEvidence() {
    return corpora.stream().mapToInt(Corpus::withoutEvidence).sum();
  }

  /** Evidence that can never be found, since no text of its corpus has that id. */
  int unknownEvidence() {
    int unknown = 0;
    for (Corpus corpus : corpora) {
      Set<String> known = corpus.texts().stream().map(StoredText::id).collect(Collectors.toSet());
      for (Question question : corpus.questions()) {
        unknown += (int) question.evidence().stream().filter(id -> !known.contains(id)).count();
      }
    }
    return unknown;
  }

  /** Whether the two settings differ at all. */
  boolean hasDetails() {
    return corpora.stream()
        .flatMap(corpus -> corpus.texts().stream())
        .anyMatch(text -> !text.details().isEmpty());
  }
}
