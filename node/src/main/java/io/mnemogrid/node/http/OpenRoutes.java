package io.mnemogrid.node.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What needs no key: the node's health and the API document. */
final class OpenRoutes {
  private static final String RETRY_AFTER_SECONDS = "1";

  private final Health health;
  private final InstantSource clock;
  private final Buffer document;
  private final long startedAt;

  OpenRoutes(Health health, InstantSource clock, ApiDocument document) {
    this.health = health;
    this.clock = clock;
    this.document = new JsonObject(document.content()).toBuffer();
    this.startedAt = clock.instant().getEpochSecond();
  }

  Map<String, OperationHandler> handlers() {
    return Map.of(
        "health", _ -> now(Answer.ok(health())),
        "live", _ -> now(Answer.ok(live())),
        "ready", _ -> now(ready()),
        "document", _ -> now(new Answer(200, Map.of(), 0, 0, () -> document)));
  }

  private static CompletionStage<Answer> now(Answer answer) {
    return CompletableFuture.completedStage(answer);
  }

  private JsonObject health() {
    boolean healthy = !health.outOfService();
    return new JsonObject()
        .put("status", healthy ? "healthy" : "unhealthy")
        .put("service", "mnemogrid")
        .put("version", health.version())
        .put("healthy", healthy)
        .put("uptime_seconds", uptime())
        .put("cluster_size", health.clusterSize());
  }

  private JsonObject live() {
    return new JsonObject()
        .put("alive", true)
        .put("version", health.version())
        .put("uptime_seconds", uptime());
  }

  private Answer ready() {
    boolean ready = health.ready();
    String status = ready ? "healthy" : health.outOfService() ? "unhealthy" : "starting";
    JsonObject storage = new JsonObject().put("status", status);
    JsonObject body =
        new JsonObject()
            .put("ready", ready)
            .put("version", health.version())
            .put("cluster_size", health.clusterSize())
            .put("replicas_missing", health.replicasMissing())
            .put("reasons", new JsonArray(health.reasons()))
            .put("checks", new JsonObject().put("storage", storage));
    return ready ? Answer.ok(body) : Answer.of(503, body).with("Retry-After", RETRY_AFTER_SECONDS);
  }

  private long uptime() {
    return Math.max(0, clock.instant().getEpochSecond() - startedAt);
  }
}
