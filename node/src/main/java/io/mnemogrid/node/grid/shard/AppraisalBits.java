package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Appraisal;

/** An appraisal in one int: ten bits a count, in the order up, down, flags, then verified. */
final class AppraisalBits {
  private static final int COUNT_BITS = 10;
  private static final int DOWN_SHIFT = COUNT_BITS;
  private static final int FLAGS_SHIFT = 2 * COUNT_BITS;
  private static final int VERIFIED = 1 << 3 * COUNT_BITS;

  private AppraisalBits() {}

  static int pack(Appraisal appraisal) {
    return appraisal.up()
        | appraisal.down() << DOWN_SHIFT
        | appraisal.flags() << FLAGS_SHIFT
        | (appraisal.verified() ? VERIFIED : 0);
  }

  static boolean isVerified(int bits) {
    return (bits & VERIFIED) != 0;
  }

  static Appraisal unpack(int bits) {
    return new Appraisal(
        isVerified(bits),
        bits & Appraisal.MOST,
        bits >>> DOWN_SHIFT & Appraisal.MOST,
        bits >>> FLAGS_SHIFT & Appraisal.MOST);
  }
}
