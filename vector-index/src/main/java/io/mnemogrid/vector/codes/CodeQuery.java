package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.CodeTerms;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.rows.Query;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A query to be compared with the codes of any number of indexes: rotated once, and cut into bit
 * planes for each, as what it has beside that index's centre. Reused; one thread at a time.
 */
public final class CodeQuery {
  /**
   * A step, in root mean squares of what is cut: rotated, that is spread about as by a normal
   * distribution, of which 16 such steps leave out one element in a thousand. Smaller ones round
   * less, and yet find less, as what they leave out weighs most; up to 0.48 larger ones find alike.
   */
  private static final double STEP = 0.42;

  private static final int MOST_BITS = 2;

  private final CodeKernel kernel = Kernels.bestForCodes();
  private final @Nullable CodeTerms[] terms = new CodeTerms[2 * MOST_BITS];
  private Rotation rotation = Rotation.of(1);
  private float[] rotated = {};
  private double squaredLength;
  private @Nullable Query query;

  /** Takes {@code itsQuery}, which is to stay as it is while this is used. */
  public void set(Query itsQuery) {
    query = itsQuery;
    float[] elements = itsQuery.elements();
    if (rotated.length != elements.length) {
      rotated = new float[elements.length];
      rotation = Rotation.of(elements.length);
      Arrays.fill(terms, null);
    }
    rotation.apply(elements, rotated);
    squaredLength = kernel.dot(rotated, rotated);
  }

  /** Turns to the codes of one index; what it turned to before is over. */
  CodeTerms towards(CodeStore codes) {
    CodeLayout layout = codes.layout();
    CodeTerms now = of(layout.bits(), layout.ofDistance());
    Centre centre = codes.centre();
    float product = kernel.dot(centre.elements(), rotated);
    now.centreFactor = centre.squaredLength() == 0 ? 0 : product / centre.squaredLength();
    cut(now, centre, product, layout.bits());
    now.base =
        layout.ofDistance() ? 2 * product - Objects.requireNonNull(query).squaredLength() : product;
    Axes axes = codes.axes();
    now.hasAxes = axes != null;
    if (axes != null) {
      float products = layout.ofDistance() ? 2 : 1;
      kernel.dots(axes.directions(), rotated, now.axisFactors);
      for (int j = 0; j < CodeTerms.AXES; j++) {
        now.axisFactors[j] *= products * axes.steps()[j];
      }
    }
    return now;
  }

  private CodeTerms of(int bits, boolean ofDistance) {
    int which = ofDistance ? MOST_BITS + bits - 1 : bits - 1;
    CodeTerms made = terms[which];
    if (made == null) {
      made = new CodeTerms(rotated.length, bits, ofDistance);
      terms[which] = made;
    }
    return made;
  }

  private void cut(CodeTerms now, Centre centre, float product, int bits) {
    double squared = Math.max(0, squaredLength - (double) now.centreFactor * product);
    float step = (float) (STEP * Math.sqrt(squared / rotated.length));
    float stepsPerUnit = step > 0 ? 1 / step : 0;
    int sum = kernel.cut(rotated, centre.elements(), now.centreFactor, stepsPerUnit, now);
    float halfOfLargest = ((1 << bits) - 1) / 2f;
    now.sumFactor = step;
    now.offset = -halfOfLargest * step * sum;
  }
}
