package io.mnemogrid.node.grid.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.mnemogrid.node.grid.durable.FormationPlan;
import io.mnemogrid.node.grid.durable.FormationPlan.Row;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether the cluster has been formed, and how; or what it waits for. */
public final class FormationAnswer implements IdentifiedDataSerializable {
  public static final FormationAnswer WAITING = new FormationAnswer(List.of(), 0, null);

  private List<String> reasons = List.of();
  private int proposed;
  private @Nullable FormationPlan plan;

  public FormationAnswer() {}

  public FormationAnswer(List<String> reasons, int proposed, @Nullable FormationPlan plan) {
    this.reasons = reasons;
    this.proposed = proposed;
    this.plan = plan;
  }

  /** What it waits for, a sentence each. */
  public List<String> reasons() {
    return reasons;
  }

  /** The incarnation under which it is to be formed, once enough have noted it; 0 if none is. */
  public int proposed() {
    return proposed;
  }

  /** How it was formed; null while it is not. */
  public @Nullable FormationPlan plan() {
    return plan;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    Wire.writeFormat(out);
    Wire.writeList(reasons, out, Wire::writeText);
    out.writeInt(proposed);
    FormationPlan formed = plan;
    out.writeBoolean(formed != null);
    if (formed != null) {
      out.writeLong(formed.cluster());
      out.writeInt(formed.incarnation());
      Wire.writeList(formed.members(), out, Wire::writeUuid);
      Wire.writeList(formed.partitions(), out, FormationAnswer::writeRow);
    }
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    Wire.readFormat(in);
    reasons = Wire.readList(in, Wire::readText);
    proposed = in.readInt();
    plan =
        in.readBoolean()
            ? new FormationPlan(
                in.readLong(),
                in.readInt(),
                Wire.readList(in, Wire::readMember),
                Wire.readList(in, FormationAnswer::readRow))
            : null;
  }

  private static void writeRow(Row row, ObjectDataOutput out) throws IOException {
    Wire.writeList(row.replicas(), out, Wire::writeUuid);
    Wire.writeList(row.holders(), out, Wire::writeUuid);
    row.last().writeTo(out);
  }

  private static Row readRow(ObjectDataInput in) throws IOException {
    List<UUID> replicas = Wire.readList(in, Wire::readMember);
    return new Row(replicas, Wire.readList(in, Wire::readMember), Stamp.readFrom(in));
  }

  @Override
  public int getFactoryId() {
    return TypeIds.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return TypeIds.FORMATION_ANSWER;
  }
}
