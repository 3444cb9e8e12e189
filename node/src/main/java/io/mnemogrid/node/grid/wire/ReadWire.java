package io.mnemogrid.node.grid.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.Found;
import io.mnemogrid.node.grid.shard.Place;
import io.mnemogrid.node.grid.shard.Question;
import io.mnemogrid.node.lexical.Bm25;
import io.mnemogrid.node.lexical.LexicalQuery;
import io.mnemogrid.node.lexical.Statistics;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.model.MemoryFilter;
import io.mnemogrid.node.model.MemoryType;
import io.mnemogrid.node.recall.Candidate;
import io.mnemogrid.node.recall.Standing;
import io.mnemogrid.node.recall.question.TimeCue;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form of reads, and of what they find, inside operations. */
public final class ReadWire {
  private ReadWire() {}

  public static void write(ShardRead read, ObjectDataOutput out) throws IOException {
    switch (read) {
      case ShardRead.Search search -> {
        out.writeByte(0);
        writeQuestion(search.question(), out);
        out.writeInt(search.limit());
      }
      case ShardRead.Fetch fetch -> {
        out.writeByte(1);
        Wire.writeList(fetch.wanted(), out, ReadWire::writeWanted);
        Wire.writeFilter(fetch.filter(), out);
        out.writeBoolean(fetch.counts());
      }
      case ShardRead.Select select -> {
        out.writeByte(2);
        Wire.writeFilter(select.filter(), out);
        out.writeInt(select.limit());
      }
      case ShardRead.Count count -> out.writeByte(3);
      case ShardRead.Locate locate -> {
        out.writeByte(4);
        Wire.writeText(locate.id(), out);
      }
      case ShardRead.Match match -> {
        out.writeByte(5);
        Wire.writeFilter(match.filter(), out);
      }
      case ShardRead.Words words -> {
        out.writeByte(6);
        Wire.writeList(words.terms(), out, Wire::writeText);
      }
      case ShardRead.Around around -> {
        out.writeByte(7);
        writeQuestion(around.question(), out);
        Wire.writeList(around.places(), out, ReadWire::writePlace);
        out.writeInt(around.reach());
      }
      case ShardRead.Saying saying -> {
        out.writeByte(9);
        Wire.writeText(saying.what().content(), out);
        out.writeFloatArray(saying.what().vector());
        out.writeFloat(saying.what().leastSimilarity());
        Wire.writeFilter(saying.what().beside(), out);
      }
      case ShardRead.Moved moved -> {
        out.writeByte(10);
        out.writeInt(moved.from());
        out.writeInt(moved.into());
      }
      case ShardRead.WholeSearch search -> {
        out.writeByte(11);
        writeQuestion(search.wordless(), out);
        Wire.writeList(search.terms(), out, Wire::writeText);
        out.writeInt(search.limit());
      }
      case ShardRead.Vectors vectors -> {
        out.writeByte(8);
        Wire.writeList(vectors.wanted(), out, ReadWire::writeWanted);
      }
    }
  }

  public static ShardRead read(ObjectDataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case 0 -> new ShardRead.Search(readQuestion(in), in.readInt());
      case 1 ->
          new ShardRead.Fetch(
              Wire.readList(in, ReadWire::readWanted), Wire.readFilter(in), in.readBoolean());
      case 2 -> new ShardRead.Select(Wire.readFilter(in), in.readInt());
      case 3 -> new ShardRead.Count();
      case 4 -> new ShardRead.Locate(Wire.readText(in));
      case 5 -> new ShardRead.Match(Wire.readFilter(in));
      case 6 -> new ShardRead.Words(Wire.readList(in, Wire::readText));
      case 7 ->
          new ShardRead.Around(
              readQuestion(in), Wire.readList(in, ReadWire::readPlace), in.readInt());
      case 8 -> new ShardRead.Vectors(Wire.readList(in, ReadWire::readWanted));
      case 9 ->
          new ShardRead.Saying(
              new MemoryGrid.Saying(
                  Wire.readText(in), Wire.readVector(in), in.readFloat(), Wire.readFilter(in)));
      case 10 -> new ShardRead.Moved(in.readInt(), in.readInt());
      case 11 ->
          new ShardRead.WholeSearch(
              readQuestion(in), Wire.readList(in, Wire::readText), in.readInt());
      default -> throw new IOException("no read is of kind " + kind);
    };
  }

  private static void writeQuestion(Question question, ObjectDataOutput out) throws IOException {
    out.writeFloatArray(question.vector());
    LexicalQuery words = question.words();
    out.writeBoolean(words != null);
    if (words != null) {
      writeWords(words, out);
    }
    Wire.writeList(List.copyOf(question.nameWords()), out, Wire::writeText);
    Wire.writeList(question.times(), out, ReadWire::writeTime);
    Wire.writeFilter(question.filter(), out);
    out.writeBoolean(question.folded());
  }

  private static Question readQuestion(ObjectDataInput in) throws IOException {
    float @Nullable [] vector = in.readFloatArray();
    LexicalQuery words = in.readBoolean() ? readWords(in) : null;
    Set<String> nameWords = Set.copyOf(Wire.readList(in, Wire::readText));
    List<TimeCue> times = Wire.readList(in, ReadWire::readTime);
    MemoryFilter filter = Wire.readFilter(in);
    return new Question(vector, words, nameWords, times, filter, in.readBoolean());
  }

  private static void writeTime(TimeCue time, ObjectDataOutput out) throws IOException {
    Wire.writeText(time.text(), out);
    out.writeLong(time.from());
    out.writeLong(time.to());
    out.writeByte(time.grain().ordinal());
    out.writeBoolean(time.everyYear());
  }

  private static TimeCue readTime(ObjectDataInput in) throws IOException {
    return new TimeCue(
        Wire.readText(in),
        in.readLong(),
        in.readLong(),
        TimeCue.Grain.values()[in.readByte()],
        in.readBoolean());
  }

  private static void writeWanted(ShardRead.Wanted wanted, ObjectDataOutput out)
      throws IOException {
    out.writeLong(wanted.shardKey());
    Wire.writeText(wanted.id(), out);
  }

  private static ShardRead.Wanted readWanted(ObjectDataInput in) throws IOException {
    return new ShardRead.Wanted(in.readLong(), Wire.readText(in));
  }

  private static void writePlace(Place place, ObjectDataOutput out) throws IOException {
    out.writeLong(place.namespaceUid());
    Wire.writeText(place.session(), out);
    out.writeLong(place.time());
    out.writeLong(place.createdAtMicros());
    Wire.writeText(place.id(), out);
  }

  private static Place readPlace(ObjectDataInput in) throws IOException {
    return new Place(
        in.readLong(), Wire.readText(in), in.readLong(), in.readLong(), Wire.readText(in));
  }

  public static void writeFound(Found found, ObjectDataOutput out) throws IOException {
    Candidate candidate = found.candidate();
    out.writeLong(found.shardKey());
    Wire.writeText(candidate.id(), out);
    out.writeBoolean(candidate.proposed());
    out.writeDouble(candidate.similarity());
    out.writeDouble(candidate.bm25());
    out.writeString(candidate.session());
    out.writeLong(candidate.order());
    out.writeLong(candidate.time());
    out.writeInt(candidate.traits());
    out.writeBoolean(candidate.named());
    out.writeBoolean(candidate.namesTime());
    out.writeLong(candidate.contentHash());
    Standing standing = candidate.standing();
    out.writeFloat(standing.importance());
    out.writeByte(standing.type().ordinal());
    out.writeLong(standing.updatedAt());
    out.writeBoolean(standing.verified());
    out.writeFloat(standing.feedback());
  }

  public static Found readFound(ObjectDataInput in) throws IOException {
    return new Found(
        in.readLong(),
        new Candidate(
            Wire.readText(in),
            0,
            in.readBoolean(),
            in.readDouble(),
            in.readDouble(),
            in.readString(),
            in.readLong(),
            in.readLong(),
            in.readInt(),
            in.readBoolean(),
            in.readBoolean(),
            in.readLong(),
            new Standing(
                in.readFloat(),
                MemoryType.values()[in.readByte()],
                in.readLong(),
                in.readBoolean(),
                in.readFloat())));
  }

  public static void writeStatistics(@Nullable Statistics statistics, ObjectDataOutput out)
      throws IOException {
    out.writeBoolean(statistics != null);
    if (statistics != null) {
      writeSums(statistics, out);
    }
  }

  public static @Nullable Statistics readStatistics(ObjectDataInput in) throws IOException {
    return in.readBoolean() ? readSums(in) : null;
  }

  private static void writeSums(Statistics statistics, ObjectDataOutput out) throws IOException {
    out.writeLong(statistics.documents());
    out.writeLong(statistics.totalLength());
    out.writeLongArray(statistics.documentFrequencies());
  }

  private static Statistics readSums(ObjectDataInput in) throws IOException {
    long documents = in.readLong();
    long totalLength = in.readLong();
    long[] frequencies = in.readLongArray();
    if (frequencies == null) {
      throw new IOException("statistics came without the frequencies of the words");
    }
    return new Statistics(documents, totalLength, frequencies);
  }

  private static void writeWords(LexicalQuery words, ObjectDataOutput out) throws IOException {
    Wire.writeList(words.terms(), out, Wire::writeText);
    writeSums(words.statistics(), out);
    out.writeDouble(words.parameters().k1());
    out.writeDouble(words.parameters().b());
  }

  private static LexicalQuery readWords(ObjectDataInput in) throws IOException {
    return new LexicalQuery(
        Wire.readList(in, Wire::readText),
        readSums(in),
        new Bm25(in.readDouble(), in.readDouble()));
  }
}
