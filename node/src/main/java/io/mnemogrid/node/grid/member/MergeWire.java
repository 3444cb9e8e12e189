package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.Offer;
import io.mnemogrid.node.grid.shard.Rank;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;

/** The form of values inside the operations that merge two sides of a split. */
public final class MergeWire {
  private MergeWire() {}

  static void writeOffer(Offer offer, ObjectDataOutput out) throws IOException {
    Wire.writeText(offer.id(), out);
    offer.rank().stamp().writeTo(out);
    out.writeBoolean(offer.rank().tombstone());
    out.writeLong(offer.rank().likeness());
  }

  static Offer readOffer(ObjectDataInput in) throws IOException {
    return new Offer(
        Wire.readText(in), new Rank(Stamp.readFrom(in), in.readBoolean(), in.readLong()));
  }

  static void writeRest(MergeRestOperation.Rest rest, ObjectDataOutput out) throws IOException {
    Wire.writeList(rest.answers(), out, Wire::writeAnswer);
    out.writeLong(rest.wholeSince());
  }

  static MergeRestOperation.Rest readRest(ObjectDataInput in) throws IOException {
    return new MergeRestOperation.Rest(Wire.readList(in, Wire::readAnswer), in.readLong());
  }
}
