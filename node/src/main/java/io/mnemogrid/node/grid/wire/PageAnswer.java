package io.mnemogrid.node.grid.wire;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import io.mnemogrid.node.grid.shard.ShardPage;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the owner of a shard answers to a {@link PageOperation}. */
public final class PageAnswer implements IdentifiedDataSerializable {
  /** That this owner cannot say now. */
  public static final PageAnswer NOT_NOW = new PageAnswer();

  private @Nullable ShardPage page;
  private boolean complete;

  public PageAnswer() {}

  /**
   * @param complete whether no memories of the shard were lost with all their replicas
   */
  public static PageAnswer of(ShardPage page, boolean complete) {
    PageAnswer answer = new PageAnswer();
    answer.page = page;
    answer.complete = complete;
    return answer;
  }

  /** Null when the owner could not say. */
  public @Nullable ShardPage page() {
    return page;
  }

  public boolean isComplete() {
    return complete;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    Wire.writeFormat(out);
    ShardPage present = page;
    out.writeBoolean(present != null);
    if (present != null) {
      Wire.writeList(present.copies(), out, Wire::writeCopied);
      present.upTo().writeTo(out);
      present.begun().writeTo(out);
      out.writeBoolean(present.more());
      out.writeInt(present.memories());
      out.writeBoolean(complete);
    }
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    Wire.readFormat(in);
    if (in.readBoolean()) {
      page =
          new ShardPage(
              Wire.readList(in, Wire::readCopied),
              Stamp.readFrom(in),
              Stamp.readFrom(in),
              in.readBoolean(),
              in.readInt());
      complete = in.readBoolean();
    }
  }

  @Override
  public int getFactoryId() {
    return TypeIds.FACTORY_ID;
  }

  @Override
  public int getClassId() {
    return TypeIds.PAGE_ANSWER;
  }
}
