package io.mnemogrid.node.grid;

import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.grid.member.Placement;
import io.mnemogrid.node.grid.shard.ShardSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {
  @ParameterizedTest
  @CsvSource({
    "271, 2", "271, 4", "271, 16", "271, 64", "64, 64", "16, 16", "48, 32", "997, 64", "3, 2"
  })
  void shardsOfANamespaceStandAsFarApartAsCanBe(int partitions, int shards) {
    var placement = new Placement(partitions);
    for (long namespace : List.of(1L, 2L, 77L, 1L << 40)) {
      int[] places =
          IntStream.range(0, shards)
              .map(shard -> placement.partition(spec(namespace, shard)))
              .sorted()
              .toArray();
      assertThat(Arrays.stream(places).distinct().count()).isEqualTo(shards);
      for (int i = 0; i < shards; i++) {
        int next = i + 1 == shards ? places[0] + partitions : places[i + 1];
        assertThat(next - places[i]).isBetween(partitions / shards, partitions / shards + 1);
      }
    }
  }

  private static ShardSpec spec(long namespace, int shard) {
    return ShardSpec.usual(namespace, shard, 2);
  }
}
