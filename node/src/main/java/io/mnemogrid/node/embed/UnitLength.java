package io.mnemogrid.node.embed;

/** L2 normalisation. */
final class UnitLength {
  private UnitLength() {}

  /** Scales the vector to length 1 in place; false, and nothing done, when it has no direction. */
  static boolean scale(float[] vector) {
    double squares = 0;
    for (float x : vector) {
      squares += (double) x * x;
    }
    if (!(squares > 0) || !Double.isFinite(squares)) {
      return false;
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= scale;
    }
    return true;
  }
}
