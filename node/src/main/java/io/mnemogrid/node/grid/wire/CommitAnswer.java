package io.mnemogrid.node.grid.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.mnemogrid.node.grid.registry.RegistryEntry;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the authority says to a change of the registry. */
public final class CommitAnswer implements IdentifiedDataSerializable {
  private boolean committed;
  private boolean tooFewReplicas;
  private UUID authority = new UUID(0, 0);
  private long version;
  private @Nullable RegistryEntry present;
  private List<UUID> leaseHolders = List.of();

  public CommitAnswer() {}

  public CommitAnswer(
      boolean committed,
      UUID authority,
      long version,
      @Nullable RegistryEntry present,
      List<UUID> leaseHolders) {
    this.committed = committed;
    this.authority = authority;
    this.version = version;
    this.present = present;
    this.leaseHolders = leaseHolders;
  }

  /** That nothing was changed for want of live replicas. */
  public static CommitAnswer refused(UUID authority) {
    CommitAnswer answer = new CommitAnswer(false, authority, 0, null, List.of());
    answer.tooFewReplicas = true;
    return answer;
  }

  /** Whether the change was refused because fewer replicas are alive than a write needs. */
  public boolean tooFewReplicas() {
    return tooFewReplicas;
  }

  /** Whether this call made the change, or is another try of the one that did. */
  public boolean committed() {
    return committed;
  }

  public UUID authority() {
    return authority;
  }

  /** The version of the registry after the call. */
  public long version() {
    return version;
  }

  /** The entry that is there after the call. */
  public @Nullable RegistryEntry present() {
    return present;
  }

  /** Members that may decide by a copy from before the call. */
  public List<UUID> leaseHolders() {
    return leaseHolders;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    Wire.writeFormat(out);
    out.writeBoolean(committed);
    out.writeBoolean(tooFewReplicas);
    Wire.writeUuid(authority, out);
    out.writeLong(version);
    Wire.writeEntry(present, out);
    Wire.writeList(leaseHolders, out, Wire::writeUuid);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    Wire.readFormat(in);
    committed = in.readBoolean();
    tooFewReplicas = in.readBoolean();
    authority = Wire.readMember(in);
    version = in.readLong();
    present = Wire.readEntry(in);
    leaseHolders = Wire.readList(in, Wire::readMember);
  }

  @Override
  public int getFactoryId() {
    return TypeIds.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return TypeIds.COMMIT_ANSWER;
  }
}
