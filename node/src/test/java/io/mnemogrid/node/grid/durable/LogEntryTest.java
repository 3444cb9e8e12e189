package io.mnemogrid.node.grid.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.access.SecretHash;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import io.mnemogrid.node.grid.registry.RegistryTable;
import io.mnemogrid.node.grid.shard.DoneWrite;
import io.mnemogrid.node.grid.shard.Draft;
import io.mnemogrid.node.grid.shard.KeptAnswer;
import io.mnemogrid.node.grid.shard.PartitionContainer;
import io.mnemogrid.node.grid.shard.ShardEnvironment;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.memory.Verdict;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.node.model.RequestMark;
import io.mnemogrid.node.model.Space;
import io.mnemogrid.node.model.Stamp;
import io.mnemogrid.vector.IndexOptions;
import io.mnemogrid.vector.VectorMemory;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LogEntryTest {
  private static final String GOLDEN = "log-entries-v2.bin";
  private static final ShardSpec SPEC =
      new ShardSpec(42, 1, 0, 4, Namespace.Distance.COSINE, Namespace.DEFAULT_LANGUAGE);

  /**
   * The entries as they are now are left in {@code target}, for when the format changes on purpose.
   */
  @Test
  void theGoldenEntriesOfFormat2AreReadAndWrittenAlike() throws IOException {
    List<byte[]> now = ofEachKind().stream().map(LogEntry::encode).toList();
    Files.write(Path.of("target", GOLDEN), joined(now));
    byte[] golden;
    try (InputStream in = LogEntryTest.class.getResourceAsStream(GOLDEN)) {
      golden = Objects.requireNonNull(in, GOLDEN).readAllBytes();
    }
    assertThat(joined(now)).isEqualTo(golden);
    for (byte[] entry : now) {
      assertThat(LogEntry.encode(LogEntry.decode(entry))).isEqualTo(entry);
    }
  }

  private static byte[] joined(List<byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    for (byte[] entry : entries) {
      out.writeInt(entry.length);
      out.write(entry);
    }
    return bytes.toByteArray();
  }

  private static List<LogEntry> ofEachKind() {
    RegistryEntry namespace =
        new RegistryEntry.OfNamespace(
            new Namespace(
                "team-a",
                42,
                Space.first("a-model", 4, 2),
                new Space(1, "a-model", 4, 4),
                true,
                Namespace.Distance.EUCLIDEAN,
                Namespace.DEFAULT_LANGUAGE,
                Namespace.Deduplication.OFF,
                "of the team",
                "{}",
                1_700_000_000,
                3));
    RegistryEntry key =
        new RegistryEntry.OfKey(
            new ApiKey(
                "0123456789abcdef",
                "a key",
                Scope.WRITE,
                List.of(new Grant("team-*", Scope.WRITE)),
                null,
                new SecretHash(new byte[SecretHash.SALT_BYTES], new byte[SecretHash.DIGEST_BYTES]),
                1_700_000_000,
                1_750_000_000L,
                1_800_000_000L,
                true,
                2));
    RegistryTable table = new RegistryTable();
    table.commit(key.name(), key);
    return List.of(
        changes(),
        new LogEntry.Registry(7, namespace.name(), namespace),
        new LogEntry.Registry(8, namespace.name(), null),
        new LogEntry.RegistryWhole(table),
        new LogEntry.ImagePiece(4, true, new byte[] {1, 2, 3}),
        new LogEntry.Lost(1_700_000_000));
  }

  /** A memory, a tombstone, and an answer with one record of its own. */
  private static LogEntry.Changes changes() {
    try (VectorMemory memory = VectorMemory.poisoning(1 << 20)) {
      PartitionContainer owner =
          new PartitionContainer(
              new ShardEnvironment(memory, IndexOptions.of(1), 0, 4_096, shard -> {}));
      List<ShardSpec> spaces = List.of(SPEC);
      RequestMark mark =
          new RequestMark(new RequestMark.Digest(1, 10), new RequestMark.Digest(1, 100));
      PartitionContainer.Outcome before =
          owner.write(spaces, 3, List.of(Draft.of(store("a")), Draft.of(store("b"))), 0);
      KeptAnswer answer =
          owner
              .answers()
              .draft(
                  SPEC,
                  mark,
                  5,
                  before.entries().stream().map(Objects::requireNonNull).toList(),
                  1_000);
      owner.forget(spaces, 3, List.of("b"), MemoryFilter.ALL, 9);
      LogEntry.Changes changes =
          new LogEntry.Changes(
              new DoneWrite(77, new Stamp(1, 3, 2)),
              owner.changesOf(spaces, List.of("a", "b")),
              List.of(answer));
      owner.clear();
      return changes;
    }
  }

  private static MemoryWrite store(String id) {
    return new MemoryWrite(
        id,
        false,
        "the memory " + id,
        MemoryType.EPISODIC,
        0.25f,
        List.of("a", "b"),
        null,
        null,
        null,
        null,
        new float[] {0.5f, 0.5f, -0.5f, 0.5f},
        Verdict.NONE,
        new MemoryWrite.Author("key", "author", Provenance.Origin.STORED),
        1,
        null);
  }

  @Test
  void aPieceOfAnImageComesBackAsItWas() throws IOException {
    byte[] bytes = {1, 2, 3};
    LogEntry.ImagePiece read =
        (LogEntry.ImagePiece)
            LogEntry.decode(LogEntry.encode(new LogEntry.ImagePiece(4, true, bytes)));
    assertThat(read.number()).isEqualTo(4);
    assertThat(read.isLast()).isTrue();
    assertThat(read.bytes()).isEqualTo(bytes);
  }

  @Test
  void changesOfTheRegistryComeBackAsTheyWere() throws IOException {
    LogEntry removed = new LogEntry.Registry(7, "team-a", null);
    assertThat(LogEntry.decode(LogEntry.encode(removed))).isEqualTo(removed);
    RegistryTable table = new RegistryTable();
    table.commit("team-b", null);
    LogEntry.RegistryWhole whole =
        (LogEntry.RegistryWhole)
            LogEntry.decode(LogEntry.encode(new LogEntry.RegistryWhole(table)));
    assertThat(whole.table().version()).isEqualTo(1);
  }

  @Test
  void anotherFormatIsRefusedByItsNumber() {
    byte[] entry = LogEntry.encode(LogEntry.Changes.of(Map.of()));
    entry[0] = 9;
    assertThatThrownBy(() -> LogEntry.decode(entry))
        .isInstanceOf(IOException.class)
        .hasMessage("the log holds a change of format 9; this node knows 2");
  }
}
