package io.mnemogrid.node.grid;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.mnemogrid.node.grid.shard.Candidate;
import io.mnemogrid.node.recall.Ranking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What members found; the answers of several are merged into one. Lists that the question was not
 * about stay empty.
 */
final class ReadAnswer implements IdentifiedDataSerializable {
  private static final Comparator<StoredRecord> NEWEST_FIRST =
      Comparator.comparingLong((StoredRecord stored) -> stored.record().createdAt())
          .thenComparing(stored -> stored.record().stamp())
          .reversed()
          .thenComparing(stored -> stored.record().id());

  private List<ReadTarget> refused = new ArrayList<>();
  private boolean busy;
  private List<Ranking.Found> candidates = new ArrayList<>();
  private List<StoredRecord> records = new ArrayList<>();
  private List<Long> namespaceUids = new ArrayList<>();
  private List<String> ids = new ArrayList<>();
  private List<ReadTarget> shorts = new ArrayList<>();
  private int considered;
  private int total;
  private PriorityQueue<StoredRecord> selected = new PriorityQueue<>(NEWEST_FIRST.reversed());

  /** Everything refused because the member has no room for the question. */
  static ReadAnswer busy(List<ReadTarget> targets) {
    ReadAnswer answer = new ReadAnswer();
    answer.busy = true;
    answer.refused.addAll(targets);
    return answer;
  }

  /** Shards that the member could not answer for; they may have moved. */
  List<ReadTarget> refused() {
    return refused;
  }

  /** Whether they were refused for want of room. */
  boolean isBusy() {
    return busy;
  }

  /** Most similar first. */
  List<Ranking.Found> candidates() {
    return candidates;
  }

  List<StoredRecord> records() {
    return records;
  }

  List<Long> namespaceUids() {
    return namespaceUids;
  }

  /** Shards that were read, and of which memories may have been lost before. */
  List<ReadTarget> shorts() {
    return shorts;
  }

  void addShort(ReadTarget target) {
    shorts.add(target);
  }

  List<String> ids() {
    return ids;
  }

  /** How many passed the question's filter. */
  int considered() {
    return considered;
  }

  /** How many memories there are in the shards. */
  int total() {
    return total;
  }

  void refuse(ReadTarget target) {
    refused.add(target);
  }

  void addCandidates(int shard, List<Candidate> found, int k) {
    List<Ranking.Found> more = new ArrayList<>(found.size());
    for (Candidate candidate : found) {
      more.add(
          new Ranking.Found(
              candidate.id(),
              shard,
              candidate.similarity(),
              candidate.importance(),
              candidate.updatedAt()));
    }
    considered += more.size();
    candidates = Ranking.merge(candidates, more, k);
  }

  void addRecord(StoredRecord stored) {
    records.add(stored);
  }

  void addSelected(StoredRecord stored, int limit) {
    considered++;
    selected.add(stored);
    if (selected.size() > limit) {
      selected.remove();
    }
  }

  void addNamespace(long uid) {
    namespaceUids.add(uid);
  }

  void addId(String id) {
    ids.add(id);
  }

  void count() {
    total++;
  }

  /** Takes in the answer of another member; {@code limit} bounds the candidates. */
  void merge(ReadAnswer other, int limit) {
    candidates = Ranking.merge(candidates, other.candidates, limit);
    records.addAll(other.records);
    namespaceUids.addAll(other.namespaceUids);
    ids.addAll(other.ids);
    shorts.addAll(other.shorts);
    considered += other.considered;
    total += other.total;
  }

  /** The records in the order of a selection, the newest first. */
  List<StoredRecord> newestFirst(int limit) {
    return records.stream().sorted(NEWEST_FIRST).limit(limit).toList();
  }

  /** To be called when all shards were read. */
  ReadAnswer complete() {
    records.addAll(selected);
    selected.clear();
    return this;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    Wire.writeFormat(out);
    out.writeBoolean(busy);
    Wire.writeList(refused, out, ReadTarget::write);
    Wire.writeList(candidates, out, ReadAnswer::writeFound);
    Wire.writeList(records, out, StoredRecord::write);
    Wire.writeList(namespaceUids, out, (uid, to) -> to.writeLong(uid));
    Wire.writeList(ids, out, Wire::writeText);
    Wire.writeList(shorts, out, ReadTarget::write);
    out.writeInt(considered);
    out.writeInt(total);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    Wire.readFormat(in);
    busy = in.readBoolean();
    refused = Wire.readList(in, ReadTarget::read);
    candidates = Wire.readList(in, ReadAnswer::readFound);
    records = Wire.readList(in, ReadAnswer::readStored);
    namespaceUids = Wire.readList(in, ObjectDataInput::readLong);
    ids = Wire.readList(in, Wire::readText);
    shorts = Wire.readList(in, ReadTarget::read);
    considered = in.readInt();
    total = in.readInt();
  }

  private static StoredRecord readStored(ObjectDataInput in) throws IOException {
    StoredRecord stored = StoredRecord.read(in);
    if (stored == null) {
      throw new IOException("a record is missing");
    }
    return stored;
  }

  private static void writeFound(Ranking.Found found, ObjectDataOutput out) throws IOException {
    Wire.writeText(found.id(), out);
    out.writeInt(found.shard());
    out.writeFloat(found.similarity());
    out.writeFloat(found.importance());
    out.writeLong(found.updatedAt());
  }

  private static Ranking.Found readFound(ObjectDataInput in) throws IOException {
    return new Ranking.Found(
        Wire.readText(in), in.readInt(), in.readFloat(), in.readFloat(), in.readLong());
  }

  @Override
  public int getFactoryId() {
    return GridSerializerHook.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return GridSerializerHook.READ_ANSWER;
  }
}
