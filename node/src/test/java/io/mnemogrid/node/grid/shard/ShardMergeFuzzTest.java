package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.Containers.container;
import static io.mnemogrid.node.grid.shard.Containers.store;
import static org.assertj.core.api.Assertions.assertThat;

import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.vector.VectorMemory;
import java.io.IOException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two sides of a split that wrote what they liked, and what stands when they are one again. */
class ShardMergeFuzzTest {
  private static final int IDS = 60;
  private static final int CHUNK_BYTES = 1 << 12;
  private static final long NOW = 1_000;
  private static final ShardSpec SPEC = ShardSpec.usual(7, 0, 4);

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void ofEachMemoryTheHigherRankStandsOnOwnerAndBackupAlike(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer stands = container(memory);
      PartitionContainer backup = container(memory);
      PartitionContainer givesWay = container(memory);
      write(stands, random, 200, 1);
      Containers.copy(stands, givesWay, CHUNK_BYTES);
      // The same partition version on both sides too: the same stamps for different writes.
      int version = random.nextInt(1, 4);
      write(givesWay, random, random.nextInt(100), version);
      write(stands, random, random.nextInt(100), random.nextInt(1, 4));
      Containers.copy(stands, backup, CHUNK_BYTES);
      Map<String, Rank> expected = ranks(stands);
      ranks(givesWay).forEach((id, rank) -> expected.merge(id, rank, ShardMergeFuzzTest::higher));

      try (Remnant remnant = Remnant.takenFrom(0, true, givesWay)) {
        assertThat(givesWay.shards()).isEmpty();
        for (Shard shard : remnant.shards()) {
          for (List<Offer> offers : Remnant.offers(shard)) {
            bring(shard, offers, List.of(stands, backup), random);
          }
        }
      }

      Map<String, Rank> merged = ranks(stands);
      assertThat(merged.keySet()).isEqualTo(expected.keySet());
      merged.forEach((id, rank) ->
          assertThat(rank.likeness())
              .as(id)
              .isEqualTo(Objects.requireNonNull(expected.get(id)).likeness()));
      assertThat(ReplicaDigest.of(backup)).isEqualTo(ReplicaDigest.of(stands));
      stands.clear();
      backup.clear();
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void whatIsForgottenWhereItWasLostDoesNotComeBackFromTheOtherSide() {
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer stands = container(memory);
      PartitionContainer givesWay = container(memory);
      write(givesWay, new SplittableRandom(1), 100, 1);
      stands.lostAt(NOW);
      for (int i = 0; i < IDS; i += 2) {
        stands.forget(List.of(SPEC), 2, List.of("id-" + i), MemoryFilter.ALL, NOW);
      }
      try (Remnant remnant = Remnant.takenFrom(0, true, givesWay)) {
        Shard shard = remnant.shards().iterator().next();
        for (List<Offer> offers : Remnant.offers(shard)) {
          ShardMerge.into(stands, SPEC, 3, Remnant.copies(shard, ids(offers)));
        }
      }
      for (int i = 0; i < IDS; i += 2) {
        assertThat(stands.present(List.of(SPEC), List.of("id-" + i))).containsOnlyNulls();
      }
      assertThat(stands.shards()).first().satisfies(shard -> assertThat(shard.size()).isPositive());
      stands.clear();
      assertThat(memory.usedBytes()).isZero();
    }
  }

  @Test
  void whatComesOfALaterVersionIsNotWantedAgainAndGivesWayToWhatIsWrittenNext() {
    try (VectorMemory memory = VectorMemory.poisoning(64 << 20)) {
      PartitionContainer stands = container(memory);
      PartitionContainer givesWay = container(memory);
      write(givesWay, new SplittableRandom(1), 100, 9);
      try (Remnant remnant = Remnant.takenFrom(0, true, givesWay)) {
        Shard from = remnant.shards().iterator().next();
        List<Offer> offers = Remnant.offers(from).getFirst();
        ShardMerge.into(stands, SPEC, 3, Remnant.copies(from, ids(offers)));
        assertThat(Offer.wanted(stands.shard(SPEC.key()), offers).isEmpty()).isTrue();
        stands.forget(List.of(SPEC), 3, ids(offers), MemoryFilter.ALL, NOW);
        assertThat(Offer.wanted(stands.shard(SPEC.key()), offers).isEmpty()).isTrue();
      }
      assertThat(stands.shards()).first().satisfies(shard -> assertThat(shard.size()).isZero());
      stands.clear();
      assertThat(memory.usedBytes()).isZero();
    }
  }

  private static List<String> ids(List<Offer> offers) {
    return offers.stream().map(Offer::id).toList();
  }

  /** As the owner is asked until it wants nothing; some answers are lost on the way. */
  private static void bring(
      Shard from, List<Offer> offers, List<PartitionContainer> replicas, SplittableRandom random) {
    PartitionContainer owner = replicas.getFirst();
    BitSet wanted = Offer.wanted(owner.shard(SPEC.key()), offers);
    while (!wanted.isEmpty()) {
      List<String> ids = wanted.stream().mapToObj(i -> offers.get(i).id()).toList();
      List<Copied> copies = Remnant.copies(from, ids.subList(0, random.nextInt(ids.size()) + 1));
      Map<ShardSpec, List<Change>> changes = ShardMerge.into(owner, SPEC, 4, copies);
      if (random.nextInt(3) == 0) {
        changes = ShardMerge.into(owner, SPEC, 5, copies);
      }
      replicas.getLast().apply(changes);
      wanted = Offer.wanted(owner.shard(SPEC.key()), offers);
    }
  }

  private static void write(
      PartitionContainer owner, SplittableRandom random, int writes, int version) {
    for (int i = 0; i < writes; i++) {
      String id = "id-" + random.nextInt(IDS);
      if (random.nextInt(4) == 0) {
        owner.forget(List.of(SPEC), version, List.of(id), MemoryFilter.ALL, NOW);
      } else {
        float[] vector = {random.nextFloat(), random.nextFloat(), random.nextFloat(), 1};
        owner.write(
            List.of(SPEC),
            version,
            List.of(Draft.of(store(id, "content " + random.nextLong(), 0.5f, vector))),
            NOW);
      }
    }
  }

  private static Map<String, Rank> ranks(PartitionContainer container) {
    Map<String, Rank> ranks = new HashMap<>();
    for (Shard shard : container.shards()) {
      shard.entries().forEach(entry -> ranks.put(entry.record().id(), Rank.of(entry.record())));
    }
    return ranks;
  }

  private static Rank higher(Rank one, Rank other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
