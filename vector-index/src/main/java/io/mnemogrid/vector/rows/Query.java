package io.mnemogrid.vector.rows;

import io.mnemogrid.vector.kernel.Kernel;

/** A vector prepared for scoring against many rows. Reused; one thread at a time. */
public final class Query {
  private float[] elements = new float[0];
  // Only distances need it, so it is computed when asked for; negative until then.
  private float squaredLength;

  /** Takes a copy of {@code vector} times {@code factor}. */
  public void set(float[] vector, float factor) {
    float[] own = sized(vector.length);
    for (int i = 0; i < own.length; i++) {
      own[i] = vector[i] * factor;
    }
    squaredLength = -1;
  }

  void set(RowLayout layout, long row, Kernel kernel) {
    RowCodec.decode(layout, kernel, row, sized(layout.dimension()));
    squaredLength = -1;
  }

  public float[] elements() {
    return elements;
  }

  public float squaredLength() {
    if (squaredLength < 0) {
      squaredLength = RowCodec.squaredLength(elements);
    }
    return squaredLength;
  }

  private float[] sized(int dimension) {
    if (elements.length != dimension) {
      elements = new float[dimension];
    }
    return elements;
  }
}
