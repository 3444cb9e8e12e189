package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.Containers.container;
import static io.mnemogrid.node.grid.shard.Containers.digest;
import static io.mnemogrid.node.grid.shard.Containers.image;
import static io.mnemogrid.node.grid.shard.Containers.install;
import static io.mnemogrid.node.grid.shard.Containers.store;
import static io.mnemogrid.node.grid.shard.Containers.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.RequestMark;
import io.mnemogrid.vector.VectorMemory;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionImageTest {
  private static final String GOLDEN = "partition-image-v5.bin";
  private static final int ONE_CHUNK = 1 << 20;
  private static final int VERSION = 3;
  private static final ShardSpec SPEC = ShardSpec.usual(42, 1, 4);
  private static final List<ShardSpec> SPECS = List.of(SPEC);
  private static final RequestMark STILL_SO = mark(1);
  private static final RequestMark CHANGED_SINCE = mark(2);
  private static final RequestMark ELSEWHERE = mark(3);

  private final VectorMemory memory = VectorMemory.poisoning(64 << 20);

  @AfterEach
  void allMemoryIsBack() {
    assertThat(memory.usedBytes()).isZero();
  }

  /** The image as it is now is left in {@code target}, for when the format changes on purpose. */
  @Test
  void theGoldenImageOfFormat5IsReadAndWrittenAlike() throws IOException {
    PartitionContainer owner = owner();
    byte[] now = image(owner, ONE_CHUNK).getFirst();
    Files.write(Path.of("target", GOLDEN), now);
    byte[] golden;
    try (InputStream in = PartitionImageTest.class.getResourceAsStream(GOLDEN)) {
      golden = Objects.requireNonNull(in, GOLDEN).readAllBytes();
    }
    assertThat(now).isEqualTo(golden);

    PartitionContainer copy = container(memory);
    install(List.of(golden), copy);
    assertThat(digest(copy, SPEC)).isEqualTo(digest(owner, SPEC));
    assertThat(copy.wasDone(77)).isTrue();
    assertThat(copy.lostAt()).isEqualTo(1_700_000_000);
    assertThat(image(copy, ONE_CHUNK).getFirst()).isEqualTo(golden);
    owner.clear();
    copy.clear();
  }

  @Test
  void anAnswerThatTravelledSharesItsRecordsWithTheShard() throws IOException {
    PartitionContainer owner = owner();
    PartitionContainer copy = container(memory);
    install(image(owner, 100), copy);
    MemoryRecord present =
        Objects.requireNonNull(copy.shard(SPEC.key())).newest("a").orElseThrow().record();
    assertThat(answer(copy, STILL_SO).rows().getFirst().record()).isSameAs(present);
    KeptAnswer.Row before = answer(copy, CHANGED_SINCE).rows().getFirst();
    assertThat(before.record().version()).isEqualTo(1);
    assertThat(before.record().importance()).isEqualTo(0.25f);
    assertThat(answer(copy, ELSEWHERE).rows()).isEmpty();
    owner.clear();
    copy.clear();
    assertThat(copy.answers().size()).isZero();
  }

  @Test
  void anImageOfAnotherFormatIsRefusedByName() {
    byte[] former = {4};
    PartitionContainer container = container(memory);
    assertThatThrownBy(() ->
            PartitionImage.read(new DataInputStream(new ByteArrayInputStream(former)), container))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format 4 came")
        .hasMessageContaining("knows 5");
  }

  /** Whoever has written one writes another then, though nothing changed the partition. */
  @Test
  void itIsToldWhenAnImageWouldBeWithoutWhatIsPastItsTime() throws IOException {
    PartitionContainer owner = owner();
    assertThat(owner.dropPast(1_002, 0)).isFalse();
    assertThat(owner.dropPast(1_002, 10)).as("a tombstone").isTrue();
    assertThat(owner.dropPast(1_002, 10)).isFalse();
    int before = bytes(owner);
    long later = 1_002 + Duration.ofDays(365).toSeconds();
    assertThat(owner.dropPast(later, 10)).as("answers").isTrue();
    assertThat(owner.dropPast(later, 10)).isFalse();
    assertThat(bytes(owner)).isLessThan(before);
    owner.clear();
  }

  private static int bytes(PartitionContainer container) throws IOException {
    return image(container, 1 << 20).stream().mapToInt(chunk -> chunk.length).sum();
  }

  /** A partition with something of all that an image holds. */
  private PartitionContainer owner() {
    PartitionContainer owner = container(memory);
    owner.lostAt(1_700_000_000);
    List<Entry> written = new ArrayList<>();
    for (String id : List.of("a", "b", "c")) {
      Draft draft = Draft.of(store(id, "the memory " + id, 0.25f, vector(id)));
      written.add(
          Objects.requireNonNull(
              owner.write(SPECS, VERSION, List.of(draft), 0).entries().getFirst()));
    }
    KeptAnswers answers = owner.answers();
    answers.keep(answers.draft(SPEC, STILL_SO, 5, List.of(written.get(0)), 1_000));
    answers.keep(answers.draft(SPEC, CHANGED_SINCE, 6, List.of(written.get(1)), 1_001));
    answers.keep(answers.draft(SPEC, ELSEWHERE, 0, List.of(), 1_002));
    owner.write(SPECS, VERSION, List.of(Draft.of(update("b", 0.75f))), 0);
    owner.forget(SPECS, VERSION, List.of("c"), MemoryFilter.ALL, 9);
    owner.done(77, Map.of());
    return owner;
  }

  private static KeptAnswer answer(PartitionContainer container, RequestMark mark) {
    return Objects.requireNonNull(container.answers().find(SPEC, mark, 1_000));
  }

  private static RequestMark mark(long number) {
    return new RequestMark(
        new RequestMark.Digest(number, 10 * number), new RequestMark.Digest(number, 100 * number));
  }

  private static float[] vector(String id) {
    float[] vector = {0.5f, 0.5f, 0.5f, 0.5f};
    vector[id.charAt(0) - 'a'] = -0.5f;
    return vector;
  }
}
