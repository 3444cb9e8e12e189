package io.mnemogrid.node.grid.read;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.member.GridOperation;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.shard.Shard;
import io.mnemogrid.node.grid.shard.ShardPage;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.PageAnswer;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Stamp;
import java.io.IOException;

/**
 * Reads the next memories of a shard at its owner, while it is written to. Where it goes on from is
 * all that it needs, so it goes on at another member when that has become the owner.
 */
public final class PageOperation extends GridOperation {
  private ShardSpec from;
  private Stamp after;
  private Stamp begun;
  private transient PageAnswer answer = PageAnswer.NOT_NOW;

  public PageOperation(ShardSpec from, Stamp after, Stamp begun) {
    super(TypeIds.PAGE);
    this.from = from;
    this.after = after;
    this.begun = begun;
  }

  @Override
  public void run() {
    GridService service = service();
    Namespace namespace = service.registry().namespace(from.namespaceUid());
    if (namespace == null
        || namespace.space().generation() != from.generation()
        || !service.admission().answersFor(getPartitionId())) {
      return;
    }
    Shard shard = service.container(getPartitionId()).shard(from.key());
    answer =
        PageAnswer.of(
            shard == null ? ShardPage.ofNothing(after) : ShardPage.after(shard, after, begun),
            !service.container(getPartitionId()).maybeShort(namespace.createdAt()));
  }

  @Override
  public Object getResponse() {
    return answer;
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    Wire.writeSpec(from, out);
    after.writeTo(out);
    begun.writeTo(out);
  }

  @Override
  protected void readBody(ObjectDataInput in) throws IOException {
    from = Wire.readSpec(in);
    after = Stamp.readFrom(in);
    begun = Stamp.readFrom(in);
  }
}
