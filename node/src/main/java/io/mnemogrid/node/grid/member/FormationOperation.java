package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.durable.ClusterShape;
import io.mnemogrid.node.grid.durable.Inventory;
import io.mnemogrid.node.grid.wire.FormationAnswer;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.node.log.restart.RestartReport.Absences;
import io.mnemogrid.node.log.restart.StoredCopy;
import io.mnemogrid.node.log.restart.Trust;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a member what another has found on its disk, and asks whether the cluster has been formed.
 */
public final class FormationOperation extends GridOperation {
  private @Nullable Inventory inventory;
  private transient FormationAnswer answer = FormationAnswer.WAITING;

  /**
   * @param inventory of the one who asks; null to ask alone
   */
  public FormationOperation(@Nullable Inventory inventory) {
    super(TypeIds.FORMATION);
    this.inventory = inventory;
  }

  @Override
  protected boolean isForFormedMembers() {
    return false;
  }

  @Override
  public void run() {
    ColdStart coldStart = service().coldStart();
    if (coldStart != null) {
      answer = coldStart.hear(inventory);
    }
  }

  @Override
  public Object getResponse() {
    return answer;
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    Inventory present = inventory;
    out.writeBoolean(present != null);
    if (present != null) {
      Wire.writeUuid(present.member(), out);
      ClusterShape shape = present.shape();
      out.writeBoolean(shape != null);
      if (shape != null) {
        out.writeLong(shape.cluster());
        out.writeInt(shape.partitions());
        out.writeInt(shape.members());
        out.writeInt(shape.minReplicas());
      }
      out.writeBoolean(present.isBlank());
      out.writeInt(present.copies().size());
      for (StoredCopy copy : present.copies().values()) {
        out.writeInt(copy.partition());
        copy.last().writeTo(out);
        out.writeByte(copy.trust().ordinal());
        Wire.writeText(copy.why(), out);
      }
      writeAbsences(present.absences(), out);
      Wire.writeText(present.damage(), out);
      out.writeInt(present.agreed());
    }
  }

  private static void writeAbsences(Absences absences, ObjectDataOutput out) throws IOException {
    out.writeByte(absences.unmentioned().ordinal());
    out.writeInt(absences.dropped().size());
    for (Map.Entry<Integer, Trust> each : absences.dropped().entrySet()) {
      out.writeInt(each.getKey());
      out.writeByte(each.getValue().ordinal());
    }
  }

  private static Absences readAbsences(ObjectDataInput in) throws IOException {
    Trust unmentioned = readTrust(in);
    int count = in.readInt();
    Map<Integer, Trust> dropped = new HashMap<>();
    for (int i = 0; i < count; i++) {
      dropped.put(in.readInt(), readTrust(in));
    }
    return new Absences(dropped, unmentioned);
  }

  private static Trust readTrust(ObjectDataInput in) throws IOException {
    return Trust.values()[in.readByte()];
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    if (!in.readBoolean()) {
      return;
    }
    var member = Wire.readMember(in);
    ClusterShape shape =
        in.readBoolean()
            ? new ClusterShape(in.readLong(), in.readInt(), in.readInt(), in.readInt())
            : null;
    boolean isBlank = in.readBoolean();
    int count = in.readInt();
    Map<Integer, StoredCopy> copies = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int partition = in.readInt();
      copies.put(
          partition,
          new StoredCopy(partition, Stamp.readFrom(in), readTrust(in), Wire.readText(in)));
    }
    inventory =
        new Inventory(
            member, shape, isBlank, copies, readAbsences(in), Wire.readText(in), in.readInt());
  }
}
