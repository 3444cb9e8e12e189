package io.mnemogrid.node.grid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.vector.Codes;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.RowFormat;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("compiled")
class WarmUpTest {
  /** A node must start with any index that its settings allow. */
  @ParameterizedTest
  @CsvSource({
    "INT8, TWO_BITS, 128, 10000",
    "FLOAT32, ONE_BIT, 0, 1000000",
    "FLOAT32, NONE, 1000000, 0",
    "INT8, TWO_BITS, 0, 0"
  })
  void itWorksWithEveryIndex(RowFormat rows, Codes codes, int codesAbove, int graphAbove) {
    IndexOptions template =
        IndexOptions.of(1)
            .withRows(rows)
            .withTiers(new IndexOptions.Tiers(codes, codesAbove, graphAbove));
    assertThat(WarmUp.run(template, Duration.ofNanos(1))).isEqualTo(1);
    assertThat(WarmUp.run(template, Duration.ZERO)).isZero();
  }
}
