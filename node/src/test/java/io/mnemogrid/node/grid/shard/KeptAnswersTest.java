package io.mnemogrid.node.grid.shard;

import static io.mnemogrid.node.grid.shard.Containers.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mnemogrid.node.model.RequestMark;
import io.mnemogrid.node.model.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeptAnswersTest {
  private static final Duration RETENTION = Duration.ofSeconds(100);
  private static final KeptAnswer.Records NOTHING_THERE = (id, stamp) -> null;

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @Test
  void anAnswerIsFoundByItsPartAndMarkUntilItsTimeIsOver() {
    KeptAnswers answers = new KeptAnswers(new AnswerLimits(RETENTION, 10, 1 << 20));
    answers.keep(answers.draft(part(1, 0), mark(5, 7), 3, List.of(entry("a", 1, "x")), 1_000));
    KeptAnswer found = Objects.requireNonNull(answers.find(part(1, 0), mark(5, 7), 1_099));
    assertThat(found.ids()).containsExactly("a");
    assertThat(found.embeddingMs()).isEqualTo(3);
    assertThat(answers.find(part(1, 0), mark(5, 8), 1_000)).as("another content").isEqualTo(found);
    assertThat(answers.find(part(1, 1), mark(5, 7), 1_000)).as("another part").isNull();
    assertThat(answers.find(part(2, 0), mark(5, 7), 1_000)).as("another namespace").isNull();
    assertThat(answers.find(part(1, 0), mark(6, 7), 1_000)).as("another request").isNull();
    assertThat(answers.find(part(1, 0), mark(5, 7), 1_100)).as("too late").isNull();
  }

  @Test
  void whatIsPastItsTimeGivesItsRoomBack() {
    KeptAnswers answers = new KeptAnswers(new AnswerLimits(RETENTION, 10, 1 << 20));
    for (int i = 0; i < 6; i++) {
      answers.keep(answers.draft(part(1, 0), mark(i, 0), 0, List.of(entry("a", i, "x")), 10L * i));
    }
    long all = answers.bytes();
    answers.dropPast(99);
    assertThat(answers.size()).isEqualTo(6);
    answers.dropPast(120);
    assertThat(answers.size()).isEqualTo(3);
    assertThat(answers.bytes()).isEqualTo(all / 2);
    answers.dropPast(1_000);
    assertThat(answers.bytes()).isZero();
  }

  @Test
  void theAnswersOfANamespaceGoWithIt() {
    KeptAnswers answers = new KeptAnswers(new AnswerLimits(RETENTION, 10, 1 << 20));
    answers.keep(answers.draft(part(1, 0), mark(1, 0), 0, List.of(entry("a", 1, "x")), 0));
    answers.keep(answers.draft(part(2, 0), mark(1, 0), 0, List.of(), 0));
    answers.dropNamespaces(uid -> uid == 1);
    assertThat(answers.find(part(1, 0), mark(1, 0), 0)).isNull();
    assertThat(answers.find(part(2, 0), mark(1, 0), 0)).isNotNull();
    answers.dropNamespaces(uid -> true);
    assertThat(answers.bytes()).isZero();
  }

  @Test
  void oneAnswerIsKeptHoweverLargeItIs() {
    KeptAnswers answers = new KeptAnswers(new AnswerLimits(RETENTION, 10, 1_000));
    answers.keep(answers.draft(part(1, 0), mark(1, 0), 0, List.of(entry("a", 1, "x")), 0));
    String large = "x".repeat(5_000);
    answers.keep(answers.draft(part(1, 0), mark(2, 0), 0, List.of(entry("a", 2, large)), 0));
    assertThat(answers.size()).isEqualTo(1);
    assertThat(answers.find(part(1, 0), mark(2, 0), 0)).isNotNull();
    answers.keep(answers.draft(part(1, 0), mark(3, 0), 0, List.of(entry("a", 3, "x")), 0));
    assertThat(answers.find(part(1, 0), mark(2, 0), 0)).isNull();
    assertThat(answers.bytes()).isLessThanOrEqualTo(1_000);
  }

  /**
   * Owner and replicas, and copies made in between, agree; the newest within the limits are kept.
   */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyReplicaKeepsTheNewestWithinTheLimits(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    AnswerLimits limits = new AnswerLimits(RETENTION, 1 + random.nextInt(20), 4_000);
    KeptAnswers owner = new KeptAnswers(limits);
    KeptAnswers replica = new KeptAnswers(limits);
    Map<KeptAnswer.Name, KeptAnswer> model = new LinkedHashMap<>();
    long now = 0;
    for (int step = 0; step < 400; step++) {
      now += random.nextInt(12);
      RequestMark mark = mark(random.nextInt(60), 0);
      ShardSpec part = part(random.nextInt(3), random.nextInt(2));
      if (owner.find(part, mark, now) == null) {
        Entry entry = entry("id", step, "content".repeat(random.nextInt(40)));
        KeptAnswer answer = owner.draft(part, mark, step, List.of(entry), now);
        owner.keep(answer);
        replica.keep(answer);
        model.remove(answer.name());
        model.put(answer.name(), answer);
        trim(model, limits);
      } else {
        replica.keep(List.copyOf(model.values()).get(random.nextInt(model.size()))); // once more
      }
      if (random.nextInt(50) == 0) {
        replica = copyOf(owner, limits);
      }
      if (random.nextInt(20) == 0) {
        long past = now;
        owner.dropPast(past);
        replica.dropPast(past);
        model.values().removeIf(answer -> answer.keptUntil() <= past);
      }
    }
    assertThat(bytes(owner)).isEqualTo(bytes(replica));
    assertThat(bytes(owner)).isEqualTo(bytes(model.values()));
    assertThat(owner.bytes()).isEqualTo(model.values().stream().mapToLong(KeptAnswer::bytes).sum());
  }

  @Test
  void aRecordThatTheReaderHasIsNotSentAgain() throws IOException {
    Entry entry = entry("a", 9, "content".repeat(100));
    KeptAnswers answers = new KeptAnswers(new AnswerLimits(RETENTION, 10, 1 << 20));
    KeptAnswer answer =
        answers.draft(part(1, 0), mark(1, 2), 4, List.of(entry, entry("b", 10, "b")), 50);
    Map<ShardSpec, List<Change>> changes =
        Map.of(part(1, 0), List.of(new Change(entry.record(), null)));
    byte[] written = bytes(answer, KeptAnswer.Records.of(changes));
    assertThat(written.length).isLessThan(entry.record().bytes().length);
    KeptAnswer read = read(written, KeptAnswer.Records.of(changes));
    assertThat(read.rows().getFirst().record()).isSameAs(entry.record());
    assertThat(bytes(read, NOTHING_THERE)).isEqualTo(bytes(answer, NOTHING_THERE));
    assertThatThrownBy(() -> read(written, NOTHING_THERE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is missing");
  }

  private static void trim(Map<KeptAnswer.Name, KeptAnswer> model, AnswerLimits limits) {
    while (model.size() > limits.most()
        || (model.size() > 1
            && model.values().stream().mapToLong(KeptAnswer::bytes).sum() > limits.bytes())) {
      model.remove(model.keySet().iterator().next());
    }
  }

  private static KeptAnswers copyOf(KeptAnswers from, AnswerLimits limits) throws IOException {
    KeptAnswers copy = new KeptAnswers(limits);
    copy.addAll(
        KeptAnswers.readFrom(
            new DataInputStream(new ByteArrayInputStream(bytes(from))), NOTHING_THERE));
    return copy;
  }

  private static byte[] bytes(KeptAnswers answers) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    answers.writeTo(new DataOutputStream(bytes), NOTHING_THERE);
    return bytes.toByteArray();
  }

  private static byte[] bytes(Collection<KeptAnswer> answers) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(answers.size());
    for (KeptAnswer answer : answers) {
      answer.writeTo(out, NOTHING_THERE);
    }
    return bytes.toByteArray();
  }

  private static byte[] bytes(KeptAnswer answer, KeptAnswer.Records there) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    answer.writeTo(new DataOutputStream(bytes), there);
    return bytes.toByteArray();
  }

  private static KeptAnswer read(byte[] bytes, KeptAnswer.Records there) throws IOException {
    return KeptAnswer.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)), there);
  }

  private static ShardSpec part(long namespaceUid, int shard) {
    return ShardSpec.usual(namespaceUid, shard, 1);
  }

  private static RequestMark mark(long request, long content) {
    return new RequestMark(new RequestMark.Digest(1, request), new RequestMark.Digest(2, content));
  }

  private static Entry entry(String id, int sequence, String content) {
    MemoryRecord record =
        RecordWriter.created(
            store(id, content, 0.5f, new float[] {1}), new Stamp(1, 1, sequence + 1), 1);
    return new Entry(record, 0, 2, 30);
  }
}
