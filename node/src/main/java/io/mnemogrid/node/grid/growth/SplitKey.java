package io.mnemogrid.node.grid.growth;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.mnemogrid.node.grid.member.GridService;
import io.mnemogrid.node.model.Namespace;
import java.io.IOException;
import java.util.Objects;

/**
 * Which split, or which restore, of which namespace an operation belongs to. The revision fences
 * off what comes late: before a new attempt, every member knows a newer one.
 */
public record SplitKey(long namespaceUid, long revision) {
  public static SplitKey of(Namespace namespace) {
    return new SplitKey(namespace.uid(), namespace.revision());
  }

  /** Whether it is what the namespace is in, as far as this member knows. */
  boolean isUnderWay(GridService service) {
    Namespace namespace = service.registry().namespace(namespaceUid);
    return namespace != null
        && namespace.revision() == revision
        && (namespace.isRestoring() || namespace.isSplitting() && namespace.filling() != null)
        && service.registry().isLeased();
  }

  /** Whether nothing may be written to the namespace meanwhile. */
  boolean isClosed(GridService service) {
    return isUnderWay(service)
        && Objects.requireNonNull(service.registry().namespace(namespaceUid)).closed();
  }

  static void write(SplitKey key, ObjectDataOutput out) throws IOException {
    out.writeLong(key.namespaceUid);
    out.writeLong(key.revision);
  }

  static SplitKey read(ObjectDataInput in) throws IOException {
    return new SplitKey(in.readLong(), in.readLong());
  }
}
