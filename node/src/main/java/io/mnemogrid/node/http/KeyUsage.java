package io.mnemogrid.node.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What this node served to each key since it started. Bounded: when there are too many keys, the
 * one that has been silent longest is dropped; of too many namespaces, the later ones are counted
 * together as {@value #OTHERS}.
 */
final class KeyUsage {
  static final int MAX_KEYS = 10_000;
  static final int MAX_NAMESPACES = 100;
  static final String OTHERS = "(others)";

  private final InstantSource clock;
  private final Map<String, Figures> byKey =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Figures> eldest) {
          return size() > MAX_KEYS;
        }
      };

  KeyUsage(InstantSource clock) {
    this.clock = clock;
  }

  /** One request as it was served. */
  record Served(
      String endpoint, List<String> namespaces, Exchange.Sent sent, long nanos, int memories) {}

  void count(String keyId, Served served) {
    long now = clock.instant().getEpochSecond();
    synchronized (byKey) {
      byKey.computeIfAbsent(keyId, _ -> new Figures()).add(served, now);
    }
  }

  /** Drops the figures of a key that is no more. */
  void forget(String keyId) {
    synchronized (byKey) {
      byKey.remove(keyId);
    }
  }

  /**
   * @param shown whether the reader may hear of a namespace of this name
   */
  JsonObject json(String keyId, Predicate<String> shown) {
    synchronized (byKey) {
      return byKey.getOrDefault(keyId, new Figures()).json(keyId, shown);
    }
  }

  /** Guarded by the map they are in. */
  private static final class Figures {
    private final Tally all = new Tally();
    private final Map<String, Tally> byEndpoint = new TreeMap<>();
    private final Map<String, Tally> byNamespace = new TreeMap<>();
    private long successful;
    private long rateLimited;
    private long bytes;
    private @Nullable Long lastUsed;

    void add(Served served, long now) {
      all.add(served);
      byEndpoint.computeIfAbsent(served.endpoint(), _ -> new Tally()).add(served);
      for (String namespace : served.namespaces()) {
        boolean room = byNamespace.size() < MAX_NAMESPACES || byNamespace.containsKey(namespace);
        byNamespace.computeIfAbsent(room ? namespace : OTHERS, _ -> new Tally()).add(served);
      }
      if (served.sent().status() < 400) {
        successful++;
      } else if (served.sent().status() == 429) {
        rateLimited++;
      }
      bytes += served.sent().bytes();
      lastUsed = now;
    }

    JsonObject json(String keyId, Predicate<String> shown) {
      JsonArray endpoints = new JsonArray();
      JsonObject requests = new JsonObject();
      byEndpoint.forEach((endpoint, tally) -> {
        endpoints.add(
            new JsonObject()
                .put("endpoint", endpoint)
                .put("requests", tally.requests)
                .put("avg_latency_ms", tally.averageMs()));
        requests.put(endpoint, tally.requests);
      });
      JsonArray namespaces = new JsonArray();
      byNamespace.forEach((namespace, tally) -> {
        if (shown.test(namespace)) {
          namespaces.add(
              new JsonObject()
                  .put("namespace", namespace)
                  .put("requests", tally.requests)
                  .put("vectors_accessed", tally.memories));
        }
      });
      return new JsonObject()
          .put("key_id", keyId)
          .put("total_requests", all.requests)
          .put("successful_requests", successful)
          .put("failed_requests", all.requests - successful - rateLimited)
          .put("rate_limited_requests", rateLimited)
          .put("bytes_transferred", bytes)
          .put("avg_latency_ms", all.averageMs())
          .put("last_used", lastUsed)
          .put("by_endpoint", endpoints)
          .put("by_namespace", namespaces)
          .put("requests_by_endpoint", requests);
    }
  }

  private static final class Tally {
    private long requests;
    private long nanos;
    private long memories;

    void add(Served served) {
      requests++;
      nanos += served.nanos();
      memories += served.memories();
    }

    double averageMs() {
      double micros = requests == 0 ? 0 : TimeUnit.NANOSECONDS.toMicros(nanos) / (double) requests;
      return Math.round(micros) / 1_000.0;
    }
  }
}
