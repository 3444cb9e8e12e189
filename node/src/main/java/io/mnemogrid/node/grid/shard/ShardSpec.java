package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.MemoryId;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Which part of which namespace in which of its spaces, the shape of its vectors and the language
 * of its texts: all that a replica needs to know to make the shard.
 *
 * <p>While a namespace moves to another model, each of its parts is two shards in the same
 * partition, one a space. While it is split, the first of the two that come of a part is in that
 * part's partition, the second in another.
 *
 * @param generation of the space
 */
public record ShardSpec(
    long namespaceUid,
    int shard,
    int generation,
    int dimension,
    Namespace.Distance distance,
    String language) {
  private static final int SHARD_BITS = 8;
  private static final int GENERATION_AT = SHARD_BITS + MemoryId.UID_BITS;
  private static final long UID_MASK = (1L << MemoryId.UID_BITS) - 1;

  /** In a first space, compared by the cosine and in the usual language. */
  public static ShardSpec usual(long namespaceUid, int shard, int dimension) {
    return new ShardSpec(
        namespaceUid, shard, 0, dimension, Namespace.Distance.COSINE, Namespace.DEFAULT_LANGUAGE);
  }

  /** In the space that questions are asked in. */
  public static ShardSpec of(Namespace namespace, int shard) {
    return of(namespace, namespace.space(), shard);
  }

  /** In one of the namespace's spaces. */
  public static ShardSpec of(Namespace namespace, Space space, int shard) {
    return new ShardSpec(
        namespace.uid(),
        shard,
        space.generation(),
        space.dimension(),
        namespace.distance(),
        namespace.language());
  }

  /** In all the spaces that are written to, the one that questions are asked in first. */
  public static List<ShardSpec> allOf(Namespace namespace, int shard) {
    return namespace.writtenSpaces().stream().map(space -> of(namespace, space, shard)).toList();
  }

  /** Writes the spec in the form that {@link #readFrom} reads. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(namespaceUid);
    out.writeInt(shard);
    out.writeInt(generation);
    out.writeInt(dimension);
    out.writeByte(distance.ordinal());
    out.writeUTF(language);
  }

  /**
   * @throws IOException if the bytes end within it
   */
  public static ShardSpec readFrom(DataInput in) throws IOException {
    return new ShardSpec(
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        Namespace.Distance.values()[in.readByte()],
        in.readUTF().intern()); // a few languages, many shards
  }

  /**
   * A number that no other shard has: of the generation its lowest 8 bits, as an older one is long
   * gone when they come again.
   */
  public long key() {
    return keyIn(generation);
  }

  /** The key of the same part in the space of another generation. */
  public long keyIn(int otherGeneration) {
    return (long) otherGeneration << GENERATION_AT | namespaceUid << SHARD_BITS | shard;
  }

  /** The uid of the namespace whose shard has that key. */
  public static long namespaceUid(long key) {
    return key >>> SHARD_BITS & UID_MASK;
  }

  /** The number within its namespace of the shard that has that key. */
  public static int shard(long key) {
    return (int) key & ((1 << SHARD_BITS) - 1);
  }
}
