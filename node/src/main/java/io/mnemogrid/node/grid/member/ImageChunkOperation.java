package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import java.io.IOException;
import java.util.zip.CRC32C;

/** A part of a partition's image on its way to a new replica. */
public final class ImageChunkOperation extends GridOperation {
  private long imageId;
  private int number;
  private boolean last;
  private byte[] bytes;
  private int checksum;

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
    this.checksum = checksum(bytes);
  }

  /**
   * In place of an image, which the sender cannot make yet: it refuses itself where it comes to.
   * Were it refused where it is asked for, Hazelcast would count the one who asked as still served.
   */
  static ImageChunkOperation notYet() {
    return new ImageChunkOperation(0, 0, true, new byte[0]);
  }

  private static int checksum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return (int) sum.getValue();
  }

  @Override
  public void run() throws IOException {
    service().images().accept(getPartitionId(), this);
  }

  /** It is read before the others have come, and with them the checksum of all. */
  void requireUndamaged() throws IOException {
    if (bytes.length == 0) {
      throw new IOException("who is to send an image is still starting");
    }
    if (checksum(bytes) != checksum) {
      throw new IOException("chunk %d of an image was damaged on its way".formatted(number));
    }
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
    out.writeInt(checksum);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    imageId = in.readLong();
    number = in.readInt();
    last = in.readBoolean();
    bytes = Wire.readBytes(in);
    checksum = in.readInt();
  }
}
