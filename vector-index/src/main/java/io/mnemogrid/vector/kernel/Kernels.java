package io.mnemogrid.vector.kernel;

import java.lang.System.Logger.Level;

/** Chooses the kernel once, by asking whether the Vector API is there at all. */
public final class Kernels {
  private static final String MODULE = "jdk.incubator.vector";
  private static final boolean VECTOR_API = ModuleLayer.boot().findModule(MODULE).isPresent();
  private static final Kernel BEST = choose(VECTOR_API);
  private static final CodeKernel BEST_FOR_CODES = chooseForCodes(VECTOR_API);

  private Kernels() {}

  public static Kernel best() {
    return BEST;
  }

  public static CodeKernel bestForCodes() {
    return BEST_FOR_CODES;
  }

  static CodeKernel chooseForCodes(boolean vectorApi) {
    return vectorApi ? new SimdCodeKernel() : ScalarCodeKernel.INSTANCE;
  }

  static Kernel choose(boolean vectorApi) {
    if (vectorApi) {
      return new SimdKernel();
    }
    System.getLogger(Kernels.class.getName())
        .log(
            Level.WARNING,
            "Vector searches run without SIMD, several times slower: start java with"
                + " --add-modules "
                + MODULE);
    return ScalarKernel.INSTANCE;
  }
}
