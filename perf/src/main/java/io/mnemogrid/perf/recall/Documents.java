package io.mnemogrid.perf.recall;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads a collection of documents with judged queries; one namespace for all. */
final class Documents {
  static final String DOCUMENTS = "documents.jsonl";
  private static final String QUERIES = "queries.jsonl";
  private static final String RELEVANCE = "relevance.tsv";
  private static final String ID = "id";
  private static final String TEXT = "text";
  private static final String CATEGORY = "documents";

  private Documents() {}

  /**
   * @throws IllegalArgumentException if a file is not of the form that is documented
   */
  static Corpus read(Path directory) {
    List<StoredText> texts = new ArrayList<>();
    forEachLine(directory.resolve(DOCUMENTS), line -> texts.add(document(new JsonObject(line))));
    Map<String, Set<String>> relevant = new HashMap<>();
    forEachLine(directory.resolve(RELEVANCE), line -> judge(line, relevant));
    List<JsonObject> queries = new ArrayList<>();
    forEachLine(directory.resolve(QUERIES), line -> queries.add(query(line)));
    List<Question> questions =
        queries.stream()
            .map(query ->
                new Question(
                    query.getString(TEXT),
                    CATEGORY,
                    relevant.getOrDefault(query.getString(ID), Set.of())))
            .filter(question -> !question.evidence().isEmpty())
            .toList();
    return new Corpus("documents", texts, questions, queries.size() - questions.size());
  }

  private static JsonObject query(String line) {
    JsonObject query = new JsonObject(line);
    JsonFields.required(query, ID);
    JsonFields.required(query, TEXT);
    return query;
  }

  private static StoredText document(JsonObject document) {
    JsonObject details = new JsonObject();
    if (document.containsKey("metadata")) {
      details.put("metadata", document.getJsonObject("metadata"));
    }
    return new StoredText(
        JsonFields.required(document, ID), JsonFields.required(document, TEXT), details);
  }

  private static void judge(String line, Map<String, Set<String>> relevant) {
    String[] fields = line.split("\t", -1);
    if (fields.length < 2 || fields.length > 3) {
      throw new IllegalArgumentException(
          "wanted: query id, document id, and the grade if there is one, with tabs between");
    }
    if (fields.length == 2 || Double.parseDouble(fields[2]) > 0) {
      relevant.computeIfAbsent(fields[0], _ -> new LinkedHashSet<>()).add(fields[1]);
    }
  }

  private static void forEachLine(Path file, Consumer<String> reader) {
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        try {
          if (!lines.get(i).isBlank()) {
            reader.accept(lines.get(i));
          }
        } catch (RuntimeException e) {
          throw new IllegalArgumentException(
              "%s, line %d: %s".formatted(file, i + 1, e.getMessage()), e);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
