package io.mnemogrid.node.grid.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What an owner says to a write. Expected refusals are values: no exception crosses the wire. */
public final class WriteAnswer implements IdentifiedDataSerializable {
  /** How the write went; all but {@code DONE} and {@code MOVED_ON} changed nothing. */
  public enum Status {
    DONE,
    /** It was done when it was sent before, and others have changed its memories since. */
    MOVED_ON,
    /** Fewer replicas of the partition are alive than a write needs. */
    TOO_FEW_REPLICAS,
    /** So much waits for the graph, or for the log, that writes must wait. */
    BEHIND,
    /** The off-heap memory of the owner is used up. */
    OUT_OF_MEMORY,
    /** This owner knows no such namespace, or not yet. */
    NAMESPACE_UNKNOWN,
    /**
     * The namespace has moved on; the write lacks vectors, or went to what is no longer its part.
     */
    OUTDATED,
    /** Nothing can be written for a moment: to the namespace, or by an owner without a lease. */
    CLOSED,
    /** The precondition does not hold; the answer has the memory that is there. */
    NOT_AS_REQUIRED,
    /** Another write had the same mark. */
    MIXED_UP,
    /** The owner does not see most of the configured cluster. */
    NO_MAJORITY
  }

  private Status status = Status.DONE;
  private List<@Nullable StoredRecord> records = List.of();
  private int embeddingMs;
  private long version;

  public WriteAnswer() {}

  private WriteAnswer(Status status) {
    this.status = status;
  }

  public static WriteAnswer done(List<@Nullable StoredRecord> records, int embeddingMs) {
    WriteAnswer answer = new WriteAnswer(Status.DONE);
    answer.records = records;
    answer.embeddingMs = embeddingMs;
    return answer;
  }

  public static WriteAnswer refused(Status status) {
    return new WriteAnswer(status);
  }

  /**
   * That a precondition does not hold.
   *
   * @param version of the memory that is there; empty when there is none
   */
  public static WriteAnswer notAsRequired(OptionalLong version) {
    WriteAnswer answer = new WriteAnswer(Status.NOT_AS_REQUIRED);
    answer.version = version.orElse(0);
    return answer;
  }

  public Status status() {
    return status;
  }

  /** One for each id that was named, null where there is no memory. */
  public List<@Nullable StoredRecord> records() {
    return records;
  }

  /** How long embedding took for the write that was made. */
  public int embeddingMs() {
    return embeddingMs;
  }

  /** Of the memory that is not as required; 0 when there is none. */
  public long version() {
    return version;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    Wire.writeFormat(out);
    out.writeByte(status.ordinal());
    out.writeInt(records.size());
    for (StoredRecord stored : records) {
      StoredRecord.write(stored, out);
    }
    out.writeInt(embeddingMs);
    out.writeLong(version);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    Wire.readFormat(in);
    status = Status.values()[in.readByte()];
    int count = in.readInt();
    records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      records.add(StoredRecord.read(in));
    }
    embeddingMs = in.readInt();
    version = in.readLong();
  }

  @Override
  public int getFactoryId() {
    return TypeIds.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return TypeIds.WRITE_ANSWER;
  }
}
