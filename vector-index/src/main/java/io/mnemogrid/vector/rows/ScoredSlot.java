package io.mnemogrid.vector.rows;

/**
 * A score and a slot in one long that orders as hits do: more is better, and of equal scores the
 * lower slot is better.
 */
public final class ScoredSlot {
  private ScoredSlot() {}

  public static long of(float score, int slot) {
    int bits = Float.floatToRawIntBits(score + 0.0f); // -0.0 becomes 0.0: they are equal scores
    int ordered = bits ^ ((bits >> 31) & 0x7FFF_FFFF);
    return ((long) ordered << 32) | (~slot & 0xFFFF_FFFFL);
  }

  public static int slot(long scored) {
    return ~(int) scored;
  }

  public static float score(long scored) {
    int ordered = (int) (scored >> 32);
    return Float.intBitsToFloat(ordered ^ ((ordered >> 31) & 0x7FFF_FFFF));
  }
}
