package io.mnemogrid.node.http;

import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.memory.Namespaces;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.NamespaceName;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Space;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Namespaces over HTTP. */
final class NamespaceRoutes {
  /** Prefixes that are kept for the node's own use, though a store may still name an agent so. */
  static final List<String> RESERVED = List.of("_", "system_", "internal_", "admin_");

  private final Namespaces namespaces;

  NamespaceRoutes(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  Map<String, OperationHandler> handlers() {
    return Map.of(
        "createNamespace", this::ensure,
        "createAgent", this::ensureAgent,
        "configureNamespace", this::ensure,
        "listNamespaces", this::list,
        "getNamespace", this::get,
        "getMemoryPolicy", this::policy,
        "setMemoryPolicy", this::setPolicy,
        "reembedNamespace", this::reembed,
        "getReembedding", this::reembedding,
        "deleteNamespace", this::delete);
  }

  private CompletionStage<Answer> ensure(Call call) {
    requireOpenName(call.permit().namespace());
    return namespaces
        .ensure(call.permit(), spec(call.body()))
        .thenApply(ensured ->
            Answer.of(
                ensured.created() ? 201 : 200,
                json(ensured.summary()).put("created", ensured.created())));
  }

  private CompletionStage<Answer> ensureAgent(Call call) {
    String name = call.permit().namespace();
    requireOpenName(name);
    return namespaces
        .ensure(call.permit(), Namespaces.Spec.DEFAULTS)
        .thenApply(ensured -> {
          Namespace namespace = ensured.summary().namespace();
          return Answer.of(
              ensured.created() ? 201 : 200,
              new JsonObject()
                  .put("agent_id", name)
                  .put("namespace", NamespaceName.AGENT_ALIAS_PREFIX + name)
                  .put("created", ensured.created())
                  .put("dimension", namespace.dimension())
                  .put("model", namespace.model()));
        });
  }

  private CompletionStage<Answer> list(Call call) {
    JsonArray names = new JsonArray();
    JsonObject kinds = new JsonObject();
    for (Namespace namespace : namespaces.list(call.permit())) {
      names.add(namespace.name());
      kinds.put(namespace.name(), "data");
    }
    return CompletableFuture.completedStage(
        Answer.ok(
            new JsonObject()
                .put("namespaces", names)
                .put("kinds", kinds)
                .put("total", names.size())));
  }

  private CompletionStage<Answer> get(Call call) {
    return namespaces.get(call.permit()).thenApply(summary -> Answer.ok(json(summary)));
  }

  private CompletionStage<Answer> policy(Call call) {
    return CompletableFuture.completedStage(policy(call, namespaces.deduplication(call.permit())));
  }

  private CompletionStage<Answer> setPolicy(Call call) {
    return namespaces
        .deduplicate(call.permit(), PolicyForms.change(call.body(), ""))
        .thenApply(now -> policy(call, now));
  }

  private static Answer policy(Call call, Namespace.Deduplication deduplication) {
    return Answer.ok(PolicyForms.json(call.permit().namespace(), deduplication));
  }

  private CompletionStage<Answer> reembed(Call call) {
    return namespaces
        .reembed(call.permit(), call.body().required("model"))
        .thenApply(NamespaceRoutes::reembedding);
  }

  private CompletionStage<Answer> reembedding(Call call) {
    return namespaces.reembedding(call.permit()).thenApply(NamespaceRoutes::reembedding);
  }

  private static Answer reembedding(Namespaces.Reembedding reembedding) {
    MemoryGrid.Progress progress = reembedding.progress();
    return Answer.ok(
        new JsonObject()
            .put("namespace", reembedding.namespace())
            .put("model", reembedding.model())
            .put("from_model", reembedding.fromModel())
            .put("state", reembedding.fromModel() == null ? "done" : "moving")
            .put("total", progress.total())
            .put("moved", progress.moved())
            .put("remaining", progress.total() - progress.moved()));
  }

  private CompletionStage<Answer> delete(Call call) {
    String name = call.permit().namespace();
    return namespaces
        .delete(call.permit())
        .thenApply(_ ->
            Answer.ok(
                new JsonObject()
                    .put("success", true)
                    .put("namespace", name)
                    .put("message", "the namespace and everything in it is gone")));
  }

  private static void requireOpenName(String name) {
    for (String prefix : RESERVED) {
      if (name.startsWith(prefix)) {
        throw new Refusal.InvalidRequest(
            "namespace",
            "a namespace cannot be made with a name that begins with '%s'".formatted(prefix));
      }
    }
  }

  private static Namespaces.Spec spec(Fields body) {
    return new Namespaces.Spec(
        body.smallInteger("dimension"),
        distance(body.text("distance")),
        body.smallInteger("shards"),
        body.text("model"),
        body.text("language"),
        body.text("description"),
        body.json("metadata"),
        body.has("policy") ? PolicyForms.change(body.object("policy"), "policy.") : null);
  }

  private static Namespace.@Nullable Distance distance(@Nullable String spelled) {
    if (spelled == null) {
      return null;
    }
    return spelled.equals("dot")
        ? Namespace.Distance.DOT_PRODUCT
        : Namespace.Distance.valueOf(spelled.toUpperCase(Locale.ROOT));
  }

  private static @Nullable JsonObject split(Namespaces.Summary summary) {
    MemoryGrid.Progress split = summary.split();
    return split == null
        ? null
        : new JsonObject()
            .put("into", shardsTo(summary.namespace()))
            .put("total", split.total())
            .put("moved", split.moved())
            .put("remaining", split.total() - split.moved());
  }

  /** That it has, or will have. */
  private static int shardsTo(Namespace namespace) {
    Space filling = namespace.filling();
    return filling == null ? namespace.shards() : filling.shards();
  }

  private static JsonObject json(Namespaces.Summary summary) {
    Namespace namespace = summary.namespace();
    return new JsonObject()
        .put("namespace", namespace.name())
        .put("name", namespace.name())
        .put("vector_count", summary.memories())
        .put("complete", summary.complete())
        .put("dimension", namespace.dimension())
        .put("distance", namespace.distance().name().toLowerCase(Locale.ROOT))
        .put("index_type", "hnsw")
        .put("kind", "data")
        .put("shards", namespace.shards())
        .put("split", split(summary))
        .put("model", namespace.model())
        .put("language", namespace.language())
        .put("created_at", namespace.createdAt())
        .put("description", namespace.description())
        .put("metadata", MemoryJson.object(namespace.metadata()));
  }
}
