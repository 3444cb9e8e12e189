package io.mnemogrid.perf;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** The node answered, and it was not a success. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_CHARS_MOST = 500;

  private final int status;
  private final String body;

  RefusedException(String path, int status, String body) {
    super(path + " answered " + status + ": " + body);
    this.status = status;
    this.body = body;
  }

  /** The status and the node's own words, on one line. */
  public String reason() {
    String words = words();
    return status + " " + words.substring(0, Math.min(words.length(), SHOWN_CHARS_MOST));
  }

  private String words() {
    try {
      JsonObject problem = new JsonObject(body);
      return problem.getString("code", "") + ": " + problem.getString("error", body);
    } catch (DecodeException | ClassCastException e) {
      return body.replaceAll("\\s+", " ");
    }
  }
}
