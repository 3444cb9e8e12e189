package io.mnemogrid.node.grid.registry;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.access.SecretHash;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Space;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the registry holds under a name: a namespace or a key. */
public sealed interface RegistryEntry {
  /** As namespaces are written. */
  byte NAMESPACE = 0;

  /** As keys were written when their time could not be told from what a rotation left of it. */
  byte KEY_OF_ONE_EXPIRY = 1;

  /** As keys are written. */
  byte KEY = 2;

  /** As namespaces are written that another is to take the place of. */
  byte NAMESPACE_AND_INCOMING = 3;

  /** Unique among all entries, of either kind. */
  String name();

  /** Counts the changes of the entry, from 1. */
  long revision();

  /**
   * A namespace of the cluster.
   *
   * @param incoming what is being brought from a backup and is to take its place, or null
   */
  record OfNamespace(Namespace namespace, @Nullable Namespace incoming) implements RegistryEntry {
    public OfNamespace(Namespace namespace) {
      this(namespace, null);
    }

    /** Whose memories the cluster holds under this name. */
    public List<Namespace> all() {
      return incoming == null ? List.of(namespace) : List.of(namespace, incoming);
    }

    /** The namespace's own name; that of a key has a character in it that no namespace's has. */
    public static String nameOf(String namespace) {
      return namespace;
    }

    @Override
    public String name() {
      return nameOf(namespace.name());
    }

    @Override
    public long revision() {
      return namespace.revision();
    }
  }

  /** A key of the cluster. */
  record OfKey(ApiKey key) implements RegistryEntry {
    private static final String PREFIX = "key:";

    public static String nameOf(String keyId) {
      return PREFIX + keyId;
    }

    @Override
    public String name() {
      return nameOf(key.id());
    }

    @Override
    public long revision() {
      return key.revision();
    }
  }

  /** Writes the entry in the form that {@link #read} reads. */
  static void write(RegistryEntry entry, DataOutput out) throws IOException {
    switch (entry) {
      case OfNamespace of -> {
        Namespace incoming = of.incoming();
        out.writeByte(incoming == null ? NAMESPACE : NAMESPACE_AND_INCOMING);
        writeNamespace(of.namespace(), out);
        if (incoming != null) {
          writeNamespace(incoming, out);
        }
      }
      case OfKey of -> {
        ApiKey key = of.key();
        out.writeByte(KEY);
        out.writeUTF(key.id());
        writeText(key.name(), out);
        out.writeByte(key.scope().ordinal());
        out.writeInt(key.grants().size());
        for (Grant grant : key.grants()) {
          out.writeUTF(grant.pattern());
          out.writeByte(grant.scope().ordinal());
        }
        writeText(key.homeNamespace(), out);
        out.write(key.secret().salt());
        out.write(key.secret().digest());
        out.writeLong(key.createdAt());
        writeTime(key.expiresAt(), out);
        writeTime(key.givenExpiresAt(), out);
        out.writeBoolean(key.active());
        out.writeLong(key.revision());
      }
    }
  }

  /**
   * @throws IOException if the bytes are of no entry
   */
  static RegistryEntry read(DataInput in) throws IOException {
    byte kind = in.readByte();
    return switch (kind) {
      case NAMESPACE -> new OfNamespace(readNamespace(in));
      case NAMESPACE_AND_INCOMING -> new OfNamespace(readNamespace(in), readNamespace(in));
      case KEY_OF_ONE_EXPIRY, KEY -> new OfKey(readKey(in, kind));
      default -> throw new IOException("no registry entry is of kind " + kind);
    };
  }

  private static void writeNamespace(Namespace namespace, DataOutput out) throws IOException {
    out.writeUTF(namespace.name());
    out.writeLong(namespace.uid());
    writeSpace(namespace.space(), out);
    Space beside = namespace.beside();
    out.writeBoolean(beside != null);
    if (beside != null) {
      writeSpace(beside, out);
    }
    out.writeBoolean(namespace.closed());
    out.writeByte(namespace.distance().ordinal());
    out.writeUTF(namespace.language());
    out.writeBoolean(namespace.deduplication().onStore());
    out.writeFloat(namespace.deduplication().threshold());
    writeText(namespace.description(), out);
    writeText(namespace.metadata(), out);
    out.writeLong(namespace.createdAt());
    out.writeLong(namespace.revision());
  }

  private static Namespace readNamespace(DataInput in) throws IOException {
    return new Namespace(
        in.readUTF(),
        in.readLong(),
        readSpace(in),
        in.readBoolean() ? readSpace(in) : null,
        in.readBoolean(),
        Namespace.Distance.values()[in.readByte()],
        in.readUTF().intern(),
        new Namespace.Deduplication(in.readBoolean(), in.readFloat()),
        readText(in),
        readText(in),
        in.readLong(),
        in.readLong());
  }

  private static void writeSpace(Space space, DataOutput out) throws IOException {
    out.writeInt(space.generation());
    out.writeUTF(space.model());
    out.writeInt(space.dimension());
    out.writeInt(space.shards());
  }

  private static Space readSpace(DataInput in) throws IOException {
    // A few models, many namespaces.
    return new Space(in.readInt(), in.readUTF().intern(), in.readInt(), in.readInt());
  }

  private static ApiKey readKey(DataInput in, byte kind) throws IOException {
    String id = in.readUTF();
    String name = readText(in);
    boolean isWhole = kind == KEY;
    Scope scope =
        isWhole ? Scope.values()[in.readByte()] : in.readBoolean() ? Scope.SUPER_ADMIN : Scope.READ;
    int count = in.readInt();
    List<Grant> grants = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      grants.add(new Grant(in.readUTF(), Scope.values()[in.readByte()]));
    }
    String homeNamespace = readText(in);
    byte[] salt = new byte[SecretHash.SALT_BYTES];
    in.readFully(salt);
    byte[] digest = new byte[SecretHash.DIGEST_BYTES];
    in.readFully(digest);
    long createdAt = in.readLong();
    Long expiresAt = readTime(in);
    return new ApiKey(
        id,
        name == null ? "" : name,
        scope,
        grants,
        homeNamespace,
        new SecretHash(salt, digest),
        createdAt,
        expiresAt,
        isWhole ? readTime(in) : expiresAt,
        in.readBoolean(),
        in.readLong());
  }

  private static void writeTime(@Nullable Long unixSeconds, DataOutput out) throws IOException {
    out.writeLong(unixSeconds == null ? Long.MAX_VALUE : unixSeconds);
  }

  private static @Nullable Long readTime(DataInput in) throws IOException {
    long unixSeconds = in.readLong();
    return unixSeconds == Long.MAX_VALUE ? null : unixSeconds;
  }

  private static void writeText(@Nullable String text, DataOutput out) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static @Nullable String readText(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] utf8 = new byte[length];
    in.readFully(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
