package io.mnemogrid.perf.ann;

import io.mnemogrid.vector.Codes;
import io.mnemogrid.vector.IndexOptions.Tiers;
import io.mnemogrid.vector.RowFormat;
import io.mnemogrid.vector.Tier;
import java.util.List;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/** The engines by their names. Those of this project begin with {@value #OURS}. */
final class Engines {
  static final String OURS = "mnemogrid";
  static final String HNSWLIB = "hnswlib";

  /** Those compared unless others are asked for. */
  static final List<String> DEFAULT =
      List.of(
          "mnemogrid-f32",
          "mnemogrid-int24",
          "jvector",
          "lucene-f32",
          "lucene-int8",
          "lucene-bbq",
          HNSWLIB);

  private final VectorSet set;
  private final HnswlibProgram hnswlib;

  Engines(VectorSet set, HnswlibProgram hnswlib) {
    this.set = set;
    this.hnswlib = hnswlib;
  }

  /**
   * A new engine, not built.
   *
   * @throws IllegalArgumentException if there is none of this name
   * @throws EngineMissingException if it needs what this machine does not have
   */
  AnnEngine create(String name) {
    return switch (name) {
      case "mnemogrid-f32" -> ours(name, RowFormat.FLOAT32, Codes.TWO_BITS);
      case "mnemogrid-f32-walk" -> ours(name, RowFormat.FLOAT32, Codes.NONE);
      case "mnemogrid-int24" -> ours(name, RowFormat.INT24, Codes.TWO_BITS);
      case "mnemogrid-int24-bit" -> ours(name, RowFormat.INT24, Codes.ONE_BIT);
      case "mnemogrid-int8" -> ours(name, RowFormat.INT8, Codes.TWO_BITS);
      case "mnemogrid-compact" -> ours(name, RowFormat.INT8, Codes.NONE);
      case "jvector" -> inJvm(new JVectorIndex());
      case "lucene-f32" -> inJvm(new LuceneIndex(name, null, false));
      case "lucene-int8" -> inJvm(new LuceneIndex(name, ScalarEncoding.UNSIGNED_BYTE, true));
      case "lucene-int8-walk" -> inJvm(new LuceneIndex(name, ScalarEncoding.UNSIGNED_BYTE, false));
      case "lucene-int7" -> inJvm(new LuceneIndex(name, ScalarEncoding.SEVEN_BIT, true));
      case "lucene-bbq" ->
          inJvm(new LuceneIndex(name, ScalarEncoding.SINGLE_BIT_QUERY_NIBBLE, true));
      case HNSWLIB -> hnswlib();
      default -> throw new IllegalArgumentException("no engine is called " + name);
    };
  }

  static boolean isOurs(String name) {
    return name.startsWith(OURS);
  }

  private AnnEngine ours(String name, RowFormat rows, Codes codes) {
    return inJvm(new MnemogridIndex(name, rows, Tiers.only(Tier.GRAPH).withCodes(codes)));
  }

  private AnnEngine inJvm(JvmIndex index) {
    return new JvmEngine(index, set);
  }

  private AnnEngine hnswlib() {
    if (hnswlib.binary() == null) {
      throw new EngineMissingException(hnswlib.account());
    }
    return new HnswlibEngine(hnswlib.binary(), hnswlib.account(), set);
  }
}
