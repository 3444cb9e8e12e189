package io.mnemogrid.node.embed;

import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;

/** How the numbers that a run gives become one result for each window. */
sealed interface Readout {
  /** Floats in a result. */
  int floats();

  /** Shape of the model's output for a run of so many windows, padded to so many tokens. */
  default long[] shape(int rows, int width) {
    return new long[] {rows, width, floats()};
  }

  /**
   * Reads one result.
   *
   * @param output numbers of a run, row after row
   * @param tokens of the window, without padding
   * @return {@code float[floats()]}
   * @throws OrtException when the numbers are no result
   */
  float[] read(FloatBuffer output, Cell window, int tokens) throws OrtException;

  /** Which window of a run: its row, and the tokens that each row was padded to. */
  record Cell(int row, int width) {}

  /** The state of a window's first token, scaled to length 1: CLS pooling. */
  record FirstToken(int floats) implements Readout {
    @Override
    public float[] read(FloatBuffer output, Cell window, int tokens) throws OrtException {
      float[] vector = new float[floats];
      output.get(window.row() * window.width() * floats, vector);
      return unit(vector);
    }
  }

  /** The mean of the states of a window's tokens, the special ones included, scaled to length 1. */
  record Mean(int floats) implements Readout {
    @Override
    public float[] read(FloatBuffer output, Cell window, int tokens) throws OrtException {
      float[] sum = new float[floats];
      int from = window.row() * window.width() * floats;
      for (int token = 0; token < tokens; token++, from += floats) {
        for (int i = 0; i < floats; i++) {
          sum[i] += output.get(from + i);
        }
      }
      return unit(sum); // the number of tokens is a scale too
    }
  }

  /** A cross-encoder's one number, as it is. */
  record Logit() implements Readout {
    @Override
    public int floats() {
      return 1;
    }

    @Override
    public long[] shape(int rows, int width) {
      return new long[] {rows, 1};
    }

    @Override
    public float[] read(FloatBuffer output, Cell window, int tokens) throws OrtException {
      float logit = output.get(window.row());
      if (!Float.isFinite(logit)) {
        throw new OrtException("the model gave a score that is no number");
      }
      return new float[] {logit};
    }
  }

  private static float[] unit(float[] vector) throws OrtException {
    if (!UnitLength.scale(vector)) {
      throw new OrtException("the model gave a vector without direction");
    }
    return vector;
  }
}
