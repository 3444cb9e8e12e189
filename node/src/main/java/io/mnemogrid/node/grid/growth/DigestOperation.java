package io.mnemogrid.node.grid.growth;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.member.GridOperation;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.grid.shard.ShardCopy;
import io.mnemogrid.node.grid.shard.ShardSpec;
import io.mnemogrid.node.grid.wire.TypeIds;
import io.mnemogrid.node.grid.wire.Wire;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what a shard holds of one of the shards that its namespace is split into, while nothing is
 * written; as two numbers, or none when this owner cannot say now.
 */
public final class DigestOperation extends GridOperation {
  private SplitKey key;
  private ShardSpec in;
  private int part;
  private transient long @Nullable [] answer;

  /**
   * @param in the shard that is split, or one that it is split into
   * @param part the number of the latter
   */
  public DigestOperation(SplitKey key, ShardSpec in, int part) {
    super(TypeIds.DIGEST);
    this.key = key;
    this.in = in;
    this.part = part;
  }

  @Override
  public void run() {
    GridService service = service();
    if (key.isClosed(service)) {
      Namespace namespace =
          Objects.requireNonNull(service.registry().namespace(key.namespaceUid()));
      Space filling = Objects.requireNonNull(namespace.filling());
      ShardCopy.Digest digest =
          ShardCopy.Digest.of(service.container(getPartitionId()).shard(in.key()), filling, part);
      answer = new long[] {digest.count(), digest.sum()};
    }
  }

  @Override
  public @Nullable Object getResponse() {
    return answer;
  }

  @Override
  protected void writeBody(ObjectDataOutput out) throws IOException {
    SplitKey.write(key, out);
    Wire.writeSpec(in, out);
    out.writeInt(part);
  }

  @Override
  protected void readBody(ObjectDataInput input) throws IOException {
    key = SplitKey.read(input);
    in = Wire.readSpec(input);
    part = input.readInt();
  }
}
