package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.RequestMark;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The answers to marked writes of one replica of a partition, oldest first. Every replica keeps and
 * drops the same ones in the same order. Used on the partition's thread only.
 */
public final class KeptAnswers {
  private final AnswerLimits limits;
  private final Map<KeptAnswer.Name, KeptAnswer> answers = new LinkedHashMap<>();
  private long bytes;

  KeptAnswers(AnswerLimits limits) {
    this.limits = limits;
  }

  /** The answer to the write of that mark in that part of its namespace, or null. */
  public @Nullable KeptAnswer find(ShardSpec part, RequestMark mark, long unixSeconds) {
    KeptAnswer answer = answers.get(KeptAnswer.Name.of(part, mark));
    return answer == null || answer.keptUntil() <= unixSeconds ? null : answer;
  }

  /** All answers, oldest first. */
  List<KeptAnswer> all() {
    return List.copyOf(answers.values());
  }

  /** The answers to writes into that part of its namespace. */
  public List<KeptAnswer> of(ShardSpec part) {
    return answers.values().stream()
        .filter(answer ->
            answer.name().namespaceUid() == part.namespaceUid()
                && answer.name().shard() == part.shard())
        .toList();
  }

  /** An answer as it is to be kept from that time on, on every replica. */
  public KeptAnswer draft(
      ShardSpec part, RequestMark mark, int embeddingMs, List<Entry> written, long unixSeconds) {
    return new KeptAnswer(
        KeptAnswer.Name.of(part, mark),
        mark.content(),
        unixSeconds + limits.retention().toSeconds(),
        embeddingMs,
        written.stream().map(KeptAnswer.Row::of).toList());
  }

  /** Keeps an answer; one that comes again changes nothing. */
  public void keep(KeptAnswer answer) {
    KeptAnswer before = answers.get(answer.name());
    if (before != null && before.keptUntil() >= answer.keptUntil()) {
      return;
    }
    remove(answer.name());
    answers.put(answer.name(), answer);
    bytes += answer.bytes();
    while (answers.size() > limits.most() || (bytes > limits.bytes() && answers.size() > 1)) {
      remove(answers.keySet().iterator().next());
    }
  }

  /**
   * Gives the room of answers back that are past their time.
   *
   * @return whether there were any
   */
  boolean dropPast(long unixSeconds) {
    int before = answers.size();
    Iterator<KeptAnswer> oldest = answers.values().iterator();
    while (oldest.hasNext()) {
      KeptAnswer answer = oldest.next();
      if (answer.keptUntil() > unixSeconds) {
        break;
      }
      oldest.remove();
      bytes -= answer.bytes();
    }
    return answers.size() < before;
  }

  void dropNamespaces(LongPredicate namespaceUid) {
    List<KeptAnswer.Name> dropped =
        answers.keySet().stream().filter(name -> namespaceUid.test(name.namespaceUid())).toList();
    dropped.forEach(this::remove);
  }

  private void remove(KeptAnswer.Name name) {
    KeptAnswer removed = answers.remove(name);
    bytes -= removed == null ? 0 : removed.bytes();
  }

  void clear() {
    answers.clear();
    bytes = 0;
  }

  int size() {
    return answers.size();
  }

  long bytes() {
    return bytes;
  }

  /** Takes over the answers of another replica; in the end they are in the order of their time. */
  void addAll(List<KeptAnswer> others) {
    List<KeptAnswer> all = new ArrayList<>(others);
    all.addAll(answers.values());
    all.sort(Comparator.comparingLong(KeptAnswer::keptUntil));
    clear();
    all.forEach(this::keep);
  }

  void writeTo(DataOutput out, KeptAnswer.Records there) throws IOException {
    out.writeInt(answers.size());
    for (KeptAnswer answer : answers.values()) {
      answer.writeTo(out, there);
    }
  }

  static List<KeptAnswer> readFrom(DataInput in, KeptAnswer.Records there) throws IOException {
    int count = in.readInt();
    List<KeptAnswer> answers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      answers.add(KeptAnswer.readFrom(in, there));
    }
    return answers;
  }
}
