package io.mnemogrid.node.testing;

import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Grant;
import io.mnemogrid.node.access.Scope;
import io.mnemogrid.node.access.SecretHash;
import io.mnemogrid.node.memory.MemoryWrite;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Provenance;
import io.mnemogrid.node.model.Space;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/** Values of which a test needs one, and says only what it is about. */
public final class Samples {
  public static final MemoryWrite.Author AUTHOR =
      new MemoryWrite.Author("key", "author", Provenance.Origin.STORED);

  /** The secret of every {@link #key}. */
  private static final String SECRET = "secret";

  private static final long CREATED_AT = 1_700_000_000;

  private Samples() {}

  /** A store by {@link #AUTHOR} in the first microsecond of 1970. */
  public static MemoryWrite.Builder store(String id, String content) {
    return MemoryWrite.store(id, content).by(AUTHOR, 1);
  }

  /** Compared by the cosine, in the usual language, with nothing else said of it. */
  public static Namespace namespace(String name, long uid, Space space) {
    return new Namespace(
        name,
        uid,
        space,
        null,
        false,
        Namespace.Distance.COSINE,
        Namespace.DEFAULT_LANGUAGE,
        Namespace.Deduplication.OFF,
        null,
        null,
        0,
        1);
  }

  /** A key for ever. */
  public static ApiKey key(String id, Grant... grants) {
    return new ApiKey(
        id,
        "name of " + id,
        Scope.READ,
        List.of(grants),
        null,
        SecretHash.of(SECRET, new SecureRandom()),
        CREATED_AT,
        null,
        null,
        true,
        1);
  }

  /** As embeddings are: all directions are alike. */
  public static float[] vector(RandomGenerator random, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
