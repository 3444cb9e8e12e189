package io.mnemogrid.node.http;

import io.mnemogrid.node.model.Refusal;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An error as a client sees it.
 *
 * @param error what is wrong, in words
 * @param details names the field and what would be right; null where {@code error} says it already
 * @param resource what was looked for and not found
 * @param retryAfter when it is worth another try
 * @param currentVersion of the memory that is not as the request made it a condition
 */
record Problem(
    int status,
    String code,
    String error,
    @Nullable String details,
    @Nullable String resource,
    @Nullable Duration retryAfter,
    @Nullable Long currentVersion) {

  Problem(
      int status,
      String code,
      String error,
      @Nullable String details,
      @Nullable String resource,
      @Nullable Duration retryAfter) {
    this(status, code, error, details, resource, retryAfter, null);
  }

  static Problem of(int status, String code, String error) {
    return new Problem(status, code, error, null, null, null);
  }

  static Problem invalid(String error, @Nullable String details) {
    return new Problem(400, "INVALID_REQUEST", error, details, null, null);
  }

  /** A bug of ours: nothing of it goes out. */
  static Problem internal() {
    return of(
        500, "INTERNAL_ERROR", "something went wrong in the node; its log has the request id");
  }

  static Problem of(Refusal refusal) {
    String message = String.valueOf(refusal.getMessage());
    return switch (refusal) { // no default: a new refusal does not compile until it has a status
      case Refusal.InvalidRequest r -> invalid(message, details(r.field(), message));
      case Refusal.DimensionMismatch _ -> of(400, "DIMENSION_MISMATCH", message);
      case Refusal.EmptyVector _ -> of(400, "EMPTY_VECTOR", message);
      case Refusal.Unauthenticated r -> of(401, code(r.reason()), message);
      case Refusal.ScopeTooLow _ -> of(403, "INSUFFICIENT_SCOPE", message);
      case Refusal.NamespaceDenied _ -> of(403, "NAMESPACE_ACCESS_DENIED", message);
      case Refusal.NotFound r -> notFound(r, message);
      case Refusal.Conflict _ -> of(409, "CONFLICT", message);
      case Refusal.PreconditionFailed r -> preconditionFailed(r, message);
      case Refusal.RequestMixedUp _ -> of(422, "IDEMPOTENCY_KEY_REUSED", message);
      case Refusal.Busy r -> later(429, "RATE_LIMIT_EXCEEDED", message, r.retryAfter());
      case Refusal.QuotaExceeded _ -> of(413, "QUOTA_EXCEEDED", message);
      case Refusal.Unavailable r -> unavailable(r, message);
    };
  }

  private static Problem preconditionFailed(Refusal.PreconditionFailed refusal, String message) {
    OptionalLong version = refusal.version();
    return new Problem(
        412,
        "PRECONDITION_FAILED",
        message,
        null,
        null,
        null,
        version.isPresent() ? Long.valueOf(version.getAsLong()) : null);
  }

  /** Headers beside those that every error has. */
  Map<String, String> headers() {
    if (status == 401) {
      return Map.of("WWW-Authenticate", "Bearer");
    }
    return currentVersion == null ? Map.of() : Map.of("ETag", EntityTags.of(currentVersion));
  }

  static Problem later(int status, String code, String error, Duration retryAfter) {
    return new Problem(status, code, error, null, null, retryAfter);
  }

  /** Whole seconds for {@code Retry-After}: at least 1, rounded up. */
  long retryAfterSeconds() {
    return retryAfter == null ? 0 : Math.max(1, retryAfter.plusNanos(999_999_999).toSeconds());
  }

  JsonObject json(String requestId) {
    JsonObject json =
        new JsonObject()
            .put("error", error)
            .put("code", code)
            .put("details", details == null ? error : details);
    if (resource != null) {
      json.put("resource", resource);
    }
    if (currentVersion != null) {
      json.put("current_version", currentVersion);
    }
    return json.put("request_id", requestId);
  }

  private static @Nullable String details(String field, String message) {
    if (field.isEmpty()) {
      return null;
    }
    return message.startsWith(field) ? message : field + ": " + message;
  }

  private static String code(Refusal.Unauthenticated.Reason reason) {
    return switch (reason) {
      case NO_KEY -> "AUTHENTICATION_REQUIRED";
      case INVALID_KEY -> "INVALID_API_KEY";
      case EXPIRED_KEY -> "API_KEY_EXPIRED";
    };
  }

  private static Problem notFound(Refusal.NotFound refusal, String message) {
    String kind = refusal.kind().name();
    String resource = kind.toLowerCase(Locale.ROOT) + "/" + refusal.name();
    return new Problem(404, kind + "_NOT_FOUND", message, null, resource, null);
  }

  private static Problem unavailable(Refusal.Unavailable refusal, String message) {
    String details =
        refusal.outcomeUnknown()
            ? "whether the write was done is not known; sending it again with the same id is safe, or with the same Idempotency-Key"
            : null;
    return new Problem(503, "SERVICE_UNAVAILABLE", message, details, null, refusal.retryAfter());
  }
}
