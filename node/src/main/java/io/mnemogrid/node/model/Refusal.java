package io.mnemogrid.node.model;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a caller did wrong or must wait for. Anything else that is thrown is a bug.
 *
 * <p>The message is for the caller: it says what to change and never tells of a namespace that the
 * caller's key does not reach.
 */
public abstract sealed class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Refusal(String message) {
    super(message, null, false, false); // an expected outcome: a stack trace would only cost
  }

  /** A field of the request is missing, of the wrong type, or out of range. */
  public static final class InvalidRequest extends Refusal {
    private static final long serialVersionUID = 1L;
    private final String field;

    public InvalidRequest(String field, String message) {
      super(message);
      this.field = field;
    }

    /** Path of the field in the request, as {@code memories[3].content}; empty for the whole. */
    public String field() {
      return field;
    }
  }

  /** The vector does not fit the namespace. */
  public static final class DimensionMismatch extends Refusal {
    private static final long serialVersionUID = 1L;

    public DimensionMismatch(String message) {
      super(message);
    }
  }

  /** The vector has no direction. */
  public static final class EmptyVector extends Refusal {
    private static final long serialVersionUID = 1L;

    public EmptyVector(String message) {
      super(message);
    }
  }

  /** No key, an unknown or inactive one, or one past its time. */
  public static final class Unauthenticated extends Refusal {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    /** Why the caller is not known. */
    public enum Reason {
      NO_KEY,
      INVALID_KEY,
      EXPIRED_KEY
    }

    public Unauthenticated(Reason reason, String message) {
      super(message);
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }

  /** The key reaches the namespace, with too low a scope. */
  public static final class ScopeTooLow extends Refusal {
    private static final long serialVersionUID = 1L;

    public ScopeTooLow(String message) {
      super(message);
    }
  }

  /** The key does not reach the namespace, whether or not there is one of that name. */
  public static final class NamespaceDenied extends Refusal {
    private static final long serialVersionUID = 1L;

    public NamespaceDenied(String message) {
      super(message);
    }
  }

  /** There is no such thing, or none that the key may see. */
  public static final class NotFound extends Refusal {
    private static final long serialVersionUID = 1L;
    private final Kind kind;
    private final String name;

    /** What was looked for. */
    public enum Kind {
      NAMESPACE,
      MEMORY,
      KEY,
      BACKUP,
      RESTORE
    }

    public NotFound(Kind kind, String name, String message) {
      super(message);
      this.kind = kind;
      this.name = name;
    }

    public Kind kind() {
      return kind;
    }

    public String name() {
      return name;
    }
  }

  /** The state of the thing does not allow it. */
  public static final class Conflict extends Refusal {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
      super(message);
    }
  }

  /** The memory is not as the caller made it a condition; nothing was changed. */
  public static final class PreconditionFailed extends Refusal {
    private static final long serialVersionUID = 1L;
    private final long version;

    /**
     * @param version of the memory that is there, or 0 when there is none
     */
    public PreconditionFailed(String message, long version) {
      super(message);
      this.version = version;
    }

    /** Of the memory that is there; empty when there is none. */
    public OptionalLong version() {
      return version == 0 ? OptionalLong.empty() : OptionalLong.of(version);
    }
  }

  /** The name of another request was given to this one; nothing was changed. */
  public static final class RequestMixedUp extends Refusal {
    private static final long serialVersionUID = 1L;

    public RequestMixedUp(String message) {
      super(message);
    }
  }

  /** Too much is under way; nothing was done. */
  public static final class Busy extends Refusal {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    public Busy(String message, Duration retryAfter) {
      super(message);
      this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
      return retryAfter;
    }
  }

  /** A configured limit of memory is reached; nothing was changed. */
  public static final class QuotaExceeded extends Refusal {
    private static final long serialVersionUID = 1L;

    public QuotaExceeded(String message) {
      super(message);
    }
  }

  /** The cluster cannot do it now; nothing was done unless {@link #outcomeUnknown()}. */
  public static final class Unavailable extends Refusal {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;
    private final boolean outcomeUnknown;

    public Unavailable(String message, Duration retryAfter) {
      this(message, retryAfter, false);
    }

    public Unavailable(String message, Duration retryAfter, boolean outcomeUnknown) {
      super(message);
      this.retryAfter = retryAfter;
      this.outcomeUnknown = outcomeUnknown;
    }

    public Duration retryAfter() {
      return retryAfter;
    }

    /** Whether a write may have been done: a retry that says it is one is safe. */
    public boolean outcomeUnknown() {
      return outcomeUnknown;
    }
  }
}
