package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import java.io.IOException;

/** A part of a partition's image on its way to a new replica. */
public final class ImageChunkOperation extends GridOperation {
  private long imageId;
  private int number;
  private boolean last;
  private byte[] bytes;

  /**
   * @param imageId drawn at random for each image
   * @param number of the chunk, from 0
   * @param last whether none follows
   */
  public ImageChunkOperation(long imageId, int number, boolean last, byte[] bytes) {
    super(TypeIds.IMAGE_CHUNK);
    this.imageId = imageId;
    this.number = number;
    this.last = last;
    this.bytes = bytes;
  }

  @Override
  public void run() throws IOException {
    service().images().accept(getPartitionId(), this);
  }

  long imageId() {
    return imageId;
  }

  int number() {
    return number;
  }

  boolean isLast() {
    return last;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    out.writeLong(imageId);
    out.writeInt(number);
    out.writeBoolean(last);
    out.writeByteArray(bytes);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    imageId = in.readLong();
    number = in.readInt();
    last = in.readBoolean();
    bytes = Wire.readBytes(in);
  }
}
