package io.mnemogrid.node.grid.member;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.shard.Offer;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the owner of a part which memories of the side of a split that gave way it lacks; as the
 * bits of a set, or none when it cannot take any now.
 */
public final class MergeOfferOperation extends GridOperation {
  private ShardSpec into;
  private List<Offer> offers;
  private transient long @Nullable [] answer;

  public MergeOfferOperation(ShardSpec into, List<Offer> offers) {
    super(TypeIds.MERGE_OFFER);
    this.into = into;
    this.offers = offers;
  }

  @Override
  public void run() {
    GridService service = service();
    if (MergeOperation.isTimely(service, getPartitionId(), into)) {
      answer =
          Offer.wanted(service.container(getPartitionId()).shard(into.key()), offers).toLongArray();
    }
  }

  @Override
  public @Nullable Object getResponse() {
    return answer;
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    Wire.writeSpec(into, out);
    Wire.writeList(offers, out, MergeWire::writeOffer);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    into = Wire.readSpec(in);
    offers = Wire.readList(in, MergeWire::readOffer);
  }
}
