package io.mnemogrid.vector.codes;

import io.mnemogrid.vector.kernel.CodeKernel;
import io.mnemogrid.vector.kernel.CodeTerms;
import io.mnemogrid.vector.kernel.Kernels;
import io.mnemogrid.vector.rows.BestSlots;
import io.mnemogrid.vector.rows.RowDirectory;
import io.mnemogrid.vector.rows.Scope;
import io.mnemogrid.vector.rows.ScoredSlot;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Scans codes in blocks. A block without a wanted slot costs nothing, so a filter that is known as
 * a set never makes a scan slower. Reused scratch; one thread at a time.
 */
public final class BlockScan {
  private static final int BLOCKS_A_WORD = Long.SIZE / CodeKernel.BLOCK_ROWS;

  private final CodeKernel kernel = Kernels.bestForCodes();
  private final float[] estimates = new float[CodeKernel.BLOCK_ROWS];
  private @Nullable RowDirectory blocks;
  private @Nullable CodeTerms terms;

  /** Binds it to what it scans until {@link #forget}. */
  public BlockScan bind(CodeStore codes, CodeQuery query) {
    blocks = codes.directory();
    terms = query.towards(codes);
    return this;
  }

  public void forget() {
    blocks = null;
    terms = null;
  }

  /**
   * Offers the slots of {@code scope}, with estimates.
   *
   * @param asksFirst whether to look only at slots that pass the scope's test, rather than to test
   *     those whose estimates are good enough: cheaper if few pass
   * @param budget most slots to estimate: those that pass if they are looked at only, else all
   * @return slots estimated; one more than {@code budget} if it was spent before the end
   */
  public int scan(Scope scope, boolean asksFirst, BestSlots best, int budget) {
    CodeTerms query = Objects.requireNonNull(terms);
    RowDirectory records = Objects.requireNonNull(blocks);
    int estimated = 0;
    for (int w = 0, words = scope.words(); w < words && estimated <= budget; w++) {
      long word = asksFirst ? scope.passing(w, scope.word(w)) : scope.word(w);
      int room = budget - estimated;
      if (Long.bitCount(word) > room) {
        word = lowest(word, room);
        estimated = budget + 1;
      } else {
        estimated += Long.bitCount(word);
      }
      for (int b = 0; word != 0; b++, word >>>= CodeKernel.BLOCK_ROWS) {
        int wanted = (int) word & (1 << CodeKernel.BLOCK_ROWS) - 1;
        if (wanted != 0) {
          long block = records.address(w * BLOCKS_A_WORD + b);
          int over = wanted & kernel.estimateBlock(query, block, best.floor(), estimates);
          int first = (w << 6) + b * CodeKernel.BLOCK_ROWS;
          for (; over != 0; over &= over - 1) {
            int row = Integer.numberOfTrailingZeros(over);
            long scored = ScoredSlot.of(estimates[row], scope.base() + first + row);
            if (best.accepts(scored) && (asksFirst || scope.passes(first + row))) {
              best.offer(scored);
            }
          }
        }
      }
    }
    return estimated;
  }

  /** The lowest {@code many} of the bits of {@code word}. */
  private static long lowest(long word, int many) {
    return Long.expand(many == 0 ? 0 : -1L >>> Long.SIZE - many, word);
  }
}
