package io.mnemogrid.node.memory;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * In which session and when it was what a memory tells of.
 *
 * @param validFrom unix seconds
 */
public record Occasion(@Nullable String sessionId, @Nullable Long validFrom) {
  private static final Occasion UNKNOWN = new Occasion(null, null);
  private static final String SESSION = "session_id";
  private static final int MOST_SESSION_CHARS = 256;

  /** Where clients are used to say when it was what a memory tells of. */
  private static final List<String> TIMES =
      List.of(
          "valid_from",
          "timestamp",
          "date",
          "datetime",
          "time",
          "occurred_at",
          "event_time",
          "session_date",
          "session_time",
          "session_date_time");

  /**
   * As metadata name it.
   *
   * @param clock from which "yesterday" counts
   */
  public static Occasion named(
      Map<String, ? extends @Nullable Object> metadata, InstantSource clock) {
    return new Occasion(session(metadata), time(metadata, clock));
  }

  /** The same of a JSON object as text. */
  public static Occasion named(@Nullable String metadata, InstantSource clock) {
    return metadata == null ? UNKNOWN : named(PlainJson.fields(metadata), clock);
  }

  /**
   * What it becomes when metadata take the place of others. What was said beside the old ones stays
   * as it was said.
   */
  public Occasion renamed(Occasion before, Occasion after) {
    return new Occasion(
        sessionId == null || sessionId.equals(before.sessionId) ? after.sessionId : sessionId,
        validFrom == null || validFrom.equals(before.validFrom) ? after.validFrom : validFrom);
  }

  /** This, but for what the other one says. */
  public Occasion overriddenBy(Occasion other) {
    return new Occasion(
        other.sessionId == null ? sessionId : other.sessionId,
        other.validFrom == null ? validFrom : other.validFrom);
  }

  private static @Nullable String session(Map<String, ? extends @Nullable Object> metadata) {
    return metadata.get(SESSION) instanceof String session
            && !session.isEmpty()
            && session.length() <= MOST_SESSION_CHARS
        ? session
        : null;
  }

  private static @Nullable Long time(
      Map<String, ? extends @Nullable Object> metadata, InstantSource clock) {
    for (String name : TIMES) {
      OptionalLong time = WrittenTime.of(metadata.get(name), clock);
      if (time.isPresent()) {
        return time.getAsLong();
      }
    }
    return null;
  }
}
