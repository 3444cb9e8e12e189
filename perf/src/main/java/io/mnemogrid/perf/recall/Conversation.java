package io.mnemogrid.perf.recall;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads long conversations of two, each turn a text. */
final class Conversation {
  static final String ENDING = ".json";

  private static final String SESSION_PREFIX = "session_";
  private static final Pattern SESSION = Pattern.compile(SESSION_PREFIX + "[0-9]{1,9}");

  /** As in {@code 1:56 pm on 8 May, 2023}; taken for UTC. */
  private static final DateTimeFormatter SESSION_TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("h:mm a 'on' d MMMM, uuuu")
          .toFormatter(Locale.ENGLISH);

  private final JsonObject sessions;

  private Conversation(JsonObject sessions) {
    this.sessions = sessions;
  }

  /**
   * @throws IllegalArgumentException if the file is not of the form that is documented
   */
  static Corpus read(Path file) {
    try {
      JsonObject json = new JsonObject(Files.readString(file));
      var conversation =
          new Conversation(
              Objects.requireNonNull(
                  json.getJsonObject("conversation"), "'conversation' is missing"));
      JsonArray asked = Objects.requireNonNull(json.getJsonArray("qa"), "'qa' is missing");
      List<Question> questions = questions(asked);
      String name = file.getFileName().toString();
      return new Corpus(
          name.substring(0, name.length() - ENDING.length()),
          conversation.turns(),
          questions,
          asked.size() - questions.size());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "%s is not a conversation: %s".formatted(file, e.getMessage()), e);
    }
  }

  private List<StoredText> turns() {
    List<StoredText> turns = new ArrayList<>();
    sessions.fieldNames().stream()
        .filter(SESSION.asMatchPredicate())
        .sorted(Comparator.comparing(id -> Integer.valueOf(id.substring(SESSION_PREFIX.length()))))
        .forEach(id -> {
          Instant time = time(id);
          JsonArray spoken = sessions.getJsonArray(id);
          for (int i = 0; i < spoken.size(); i++) {
            turns.add(turn(spoken.getJsonObject(i), id, time));
          }
        });
    return turns;
  }

  private Instant time(String session) {
    String time = JsonFields.required(sessions, session + "_date_time");
    try {
      return LocalDateTime.parse(time, SESSION_TIME).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "the time of %s should look like '1:56 pm on 8 May, 2023', was '%s'"
              .formatted(session, time),
          e);
    }
  }

  private static StoredText turn(JsonObject turn, String session, Instant time) {
    String id = JsonFields.required(turn, "dia_id");
    String speaker = JsonFields.required(turn, "speaker");
    StringBuilder content =
        new StringBuilder(speaker).append(": ").append(JsonFields.required(turn, "text"));
    if (turn.containsKey("blip_caption")) {
      content.append(" [shares ").append(turn.getString("blip_caption")).append(']');
    }
    if (turn.containsKey("query")) {
      content.append(" (").append(turn.getString("query")).append(')');
    }
    return new StoredText(
        id,
        content.toString(),
        new JsonObject()
            .put("session_id", session)
            .put("valid_from", time.getEpochSecond())
            .put(
                "metadata",
                new JsonObject()
                    .put("speaker", speaker)
                    .put("dia_id", id)
                    .put("session_date", time.toString())));
  }

  private static List<Question> questions(JsonArray asked) {
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      JsonObject question = asked.getJsonObject(i);
      Set<String> evidence = new LinkedHashSet<>();
      question.getJsonArray("evidence", new JsonArray()).forEach(id -> evidence.add((String) id));
      if (!evidence.isEmpty()) {
        questions.add(
            new Question(
                JsonFields.required(question, "question"),
                category(question.getInteger("category", 0)),
                evidence));
      }
    }
    return questions;
  }

  private static String category(int number) {
    return switch (number) {
      case 1 -> "multi-hop";
      case 2 -> "temporal";
      case 3 -> "open-domain";
      case 4 -> "single-hop";
      case 5 -> "adversarial";
      default -> "category " + number;
    };
  }
}
