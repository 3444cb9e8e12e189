package io.mnemogrid.node.grid.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.mnemogrid.node.grid.shard.Found;
import io.mnemogrid.node.grid.shard.ShardMove;
import io.mnemogrid.node.grid.shard.ShardSearch;
import io.mnemogrid.node.lexical.Statistics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What members found; the answers of several are merged into one. Lists that the question was not
 * about stay empty.
 */
public final class ReadAnswer implements IdentifiedDataSerializable {
  private static final Comparator<StoredRecord> NEWEST_FIRST =
      Comparator.comparingLong((StoredRecord stored) -> stored.record().createdAtMicros())
          .thenComparing(stored -> stored.record().stamp())
          .reversed()
          .thenComparing(stored -> stored.record().id());

  private List<ReadTarget> refused = new ArrayList<>();
  private boolean busy;
  private @Nullable Statistics statistics;
  private List<Found> nearest = new ArrayList<>();
  private List<Found> wordiest = new ArrayList<>();
  private List<Found> around = new ArrayList<>();
  private List<float[]> vectors = new ArrayList<>();
  private List<Fetched> fetched = new ArrayList<>();
  private List<StoredRecord> records = new ArrayList<>();
  private List<Long> namespaceUids = new ArrayList<>();
  private List<String> ids = new ArrayList<>();
  private List<ReadTarget> shorts = new ArrayList<>();
  private int considered;
  private int total;
  private PriorityQueue<StoredRecord> selected = new PriorityQueue<>(NEWEST_FIRST.reversed());

  /** A memory in the shard of that key. */
  public record Fetched(long shardKey, StoredRecord stored) {}

  /** Everything refused because the member has no room for the question. */
  public static ReadAnswer busy(List<ReadTarget> targets) {
    ReadAnswer answer = new ReadAnswer();
    answer.busy = true;
    answer.refused.addAll(targets);
    return answer;
  }

  /** Shards that the member could not answer for; they may have moved. */
  public List<ReadTarget> refused() {
    return refused;
  }

  /** Whether they were refused for want of room. */
  public boolean isBusy() {
    return busy;
  }

  /** How often the words occur in all that was read; null when there was nothing. */
  public @Nullable Statistics statistics() {
    return statistics;
  }

  /** In the order of {@link Found#BY_SIMILARITY}. */
  public List<Found> nearest() {
    return nearest;
  }

  /** In the order of {@link Found#BY_WORDS}. */
  public List<Found> wordiest() {
    return wordiest;
  }

  public List<Found> around() {
    return around;
  }

  public List<float[]> vectors() {
    return vectors;
  }

  public List<Fetched> fetched() {
    return fetched;
  }

  public List<Long> namespaceUids() {
    return namespaceUids;
  }

  /** Shards that were read, and of which memories may have been lost before. */
  public List<ReadTarget> shorts() {
    return shorts;
  }

  public void addShort(ReadTarget target) {
    shorts.add(target);
  }

  public List<String> ids() {
    return ids;
  }

  /** How many passed the question's filter, or are where it asks for them. */
  public int considered() {
    return considered;
  }

  /** How many memories there are in the shards. */
  public int total() {
    return total;
  }

  public void refuse(ReadTarget target) {
    refused.add(target);
  }

  public void add(Statistics more) {
    Statistics before = statistics;
    statistics = before == null ? more : before.plus(more);
  }

  public void add(ShardSearch.Result found, int limit) {
    nearest = Found.merge(nearest, found.nearest(), Found.BY_SIMILARITY, limit);
    wordiest = Found.merge(wordiest, found.wordiest(), Found.BY_WORDS, limit);
  }

  public void addAround(List<Found> found) {
    around.addAll(found);
  }

  public void addVector(float[] vector) {
    vectors.add(vector);
  }

  public void addFetched(long shardKey, StoredRecord stored) {
    fetched.add(new Fetched(shardKey, stored));
  }

  public void addSelected(StoredRecord stored, int limit) {
    considered++;
    selected.add(stored);
    if (selected.size() > limit) {
      selected.remove();
    }
  }

  public void addNamespace(long uid) {
    namespaceUids.add(uid);
  }

  public void addId(String id) {
    ids.add(id);
  }

  public void count() {
    total++;
  }

  public void add(ShardMove.Count count) {
    total += count.total();
    considered += count.moved();
  }

  /** Takes in the answer of another member; {@code limit} bounds the lists of the best. */
  public void merge(ReadAnswer other, int limit) {
    Statistics more = other.statistics;
    if (more != null) {
      add(more);
    }
    add(new ShardSearch.Result(other.nearest, other.wordiest), limit);
    around.addAll(other.around);
    vectors.addAll(other.vectors);
    fetched.addAll(other.fetched);
    records.addAll(other.records);
    namespaceUids.addAll(other.namespaceUids);
    ids.addAll(other.ids);
    shorts.addAll(other.shorts);
    considered += other.considered;
    total += other.total;
  }

  /** The records in the order of a selection, the newest first. */
  public List<StoredRecord> newestFirst(int limit) {
    return records.stream().sorted(NEWEST_FIRST).limit(limit).toList();
  }

  /** To be called when all shards were read. */
  public ReadAnswer complete() {
    records.addAll(selected);
    selected.clear();
    return this;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    Wire.writeFormat(out);
    out.writeBoolean(busy);
    Wire.writeList(refused, out, ReadTarget::write);
    ReadWire.writeStatistics(statistics, out);
    Wire.writeList(nearest, out, ReadWire::writeFound);
    Wire.writeList(wordiest, out, ReadWire::writeFound);
    Wire.writeList(around, out, ReadWire::writeFound);
    Wire.writeList(vectors, out, (vector, to) -> to.writeFloatArray(vector));
    Wire.writeList(fetched, out, ReadAnswer::writeFetched);
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
    statistics = ReadWire.readStatistics(in);
    nearest = Wire.readList(in, ReadWire::readFound);
    wordiest = Wire.readList(in, ReadWire::readFound);
    around = Wire.readList(in, ReadWire::readFound);
    vectors = Wire.readList(in, Wire::readVector);
    fetched = Wire.readList(in, ReadAnswer::readFetched);
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

  private static void writeFetched(Fetched fetched, ObjectDataOutput out) throws IOException {
    out.writeLong(fetched.shardKey());
    StoredRecord.write(fetched.stored(), out);
  }

  private static Fetched readFetched(ObjectDataInput in) throws IOException {
    return new Fetched(in.readLong(), readStored(in));
  }

  @Override
  public int getFactoryId() {
    return TypeIds.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return TypeIds.READ_ANSWER;
  }
}
