package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.CodeTerms;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.rows.Metric;
import io.mnemogrid.vector.rows.Query;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A query cut into bit planes, to be compared with the codes of any number of indexes. Reused; one
 * thread at a time.
 */
public final class CodeQuery {
  private static final int LARGEST_DIGIT = (1 << CodeTerms.PLANES) - 1;
  private static final int MOST_BITS = 2;

  private final CodeKernel kernel = Kernels.bestForCodes();
  private final @Nullable CodeTerms[] terms = new CodeTerms[MOST_BITS];
  private final boolean[] prepared = new boolean[MOST_BITS];
  private Rotation rotation = Rotation.of(1);
  private float[] rotated = {};
  private @Nullable Query query;
  private float lowest;
  private float step;

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
    Arrays.fill(prepared, false);
    lowest = Float.POSITIVE_INFINITY;
    float highest = Float.NEGATIVE_INFINITY;
    for (float x : rotated) {
      lowest = Math.min(lowest, x);
      highest = Math.max(highest, x);
    }
    step = (highest - lowest) / LARGEST_DIGIT;
  }

  /** Turns to the codes of one index. */
  CodeTerms towards(CodeStore codes) {
    CodeTerms now = ofBits(codes.layout().bits());
    Centre centre = codes.centre();
    float product = kernel.dot(centre.elements(), rotated);
    now.centreFactor = centre.squaredLength() == 0 ? 0 : product / centre.squaredLength();
    now.base =
        codes.metric() == Metric.INNER_PRODUCT
            ? product
            : 2 * product - Objects.requireNonNull(query).squaredLength();
    return now;
  }

  private CodeTerms ofBits(int bits) {
    CodeTerms made = terms[bits - 1];
    if (made == null) {
      made = new CodeTerms(rotated.length, bits);
      terms[bits - 1] = made;
    }
    if (!prepared[bits - 1]) {
      int sum = kernel.cut(rotated, lowest, step > 0 ? 1 / step : 0, made);
      float halfOfLargest = ((1 << bits) - 1) / 2f;
      made.countFactor = lowest;
      made.sumFactor = step;
      made.offset = -halfOfLargest * (lowest * rotated.length + step * sum);
      prepared[bits - 1] = true;
    }
    return made;
  }
}
