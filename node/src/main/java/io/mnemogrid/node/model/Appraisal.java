package io.mnemogrid.node.model;

/**
 * What readers made of a memory since its content was written. Counts stop at {@value #MOST}.
 *
 * @param verified by a key that may say so
 * @param up how often it was found helpful
 * @param down how often it was not
 * @param flags how often it was found wrong
 */
public record Appraisal(boolean verified, int up, int down, int flags) {
  public static final int MOST = 1_023;
  public static final Appraisal NONE = new Appraisal(false, 0, 0, 0);

  /** One reader's opinion. */
  public enum Vote {
    UP(1.15f),
    DOWN(0.85f),
    /** Says that something is wrong, and no more. */
    FLAG(1);

    private final float importanceFactor;

    Vote(float importanceFactor) {
      this.importanceFactor = importanceFactor;
    }

    /** The importance, 0..1, of a memory of that importance after this vote. */
    public float moved(float importance) {
      return Math.min(1, importance * importanceFactor);
    }
  }

  public Appraisal {
    if (Math.min(up, Math.min(down, flags)) < 0 || Math.max(up, Math.max(down, flags)) > MOST) {
      throw new IllegalArgumentException("counts are 0..%d".formatted(MOST));
    }
  }

  public Appraisal with(Vote vote) {
    return switch (vote) {
      case UP -> new Appraisal(verified, oneMore(up), down, flags);
      case DOWN -> new Appraisal(verified, up, oneMore(down), flags);
      case FLAG -> new Appraisal(verified, up, down, oneMore(flags));
    };
  }

  public Appraisal withVerified(boolean nowVerified) {
    return new Appraisal(nowVerified, up, down, flags);
  }

  private static int oneMore(int count) {
    return Math.min(MOST, count + 1);
  }
}
