package io.mnemogrid.node.memory;

import io.mnemogrid.node.access.Action;
import io.mnemogrid.node.access.ApiKey;
import io.mnemogrid.node.access.Permit;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.NamespaceName;
import io.mnemogrid.node.model.Refusal;
import io.mnemogrid.node.model.Space;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Making, finding and removing namespaces. */
public final class Namespaces {
  private final NamespaceCatalog catalog;
  private final MemoryGrid grid;
  private final Embedders embedders;
  private final InstantSource clock;
  private final RandomGenerator random;

  public Namespaces(
      NamespaceCatalog catalog,
      MemoryGrid grid,
      Embedders embedders,
      InstantSource clock,
      RandomGenerator random) {
    this.catalog = catalog;
    this.grid = grid;
    this.embedders = embedders;
    this.clock = clock;
    this.random = random;
  }

  /**
   * How a namespace is to be; null takes the default.
   *
   * @param dimension without a model, and other than the node's own one's: clients bring every
   *     vector themselves
   * @param shards 1 to {@value Space#MAX_SHARDS}
   * @param model one of the node's embedding models, or {@value Namespace#OWN_VECTORS}
   * @param language of its texts, as the API's document names them
   * @param metadata a JSON object as text
   * @param policy changes what a store does with what is there already
   */
  public record Spec(
      @Nullable Integer dimension,
      Namespace.@Nullable Distance distance,
      @Nullable Integer shards,
      @Nullable String model,
      @Nullable String language,
      @Nullable String description,
      @Nullable String metadata,
      @Nullable UnaryOperator<Namespace.Deduplication> policy) {
    public static final Spec DEFAULTS = new Spec(null, null, null, null, null, null, null, null);

    private Namespace.Deduplication deduplication(Namespace.Deduplication present) {
      return policy == null ? present : policy.apply(present);
    }
  }

  /**
   * A namespace with the number of memories in it.
   *
   * @param complete whether no others may have been lost
   * @param split how many of them are in the shards that it is split into; null when it is not
   */
  public record Summary(
      Namespace namespace, long memories, boolean complete, MemoryGrid.@Nullable Progress split) {}

  /** A namespace that is there now, and whether this call made it. */
  public record Ensured(Summary summary, boolean created) {}

  /**
   * Makes the namespace, or finds it as it is; description, metadata and policy that are given take
   * the place of the present ones.
   *
   * @throws Refusal.DimensionMismatch as the stage's failure, if it is there with another dimension
   */
  public CompletionStage<Ensured> ensure(Permit permit, Spec spec) {
    String name = permit.forAction(Action.NAMESPACE_CREATE).namespace();
    return findOrCreate(name, spec)
        .thenCompose(creation -> {
          if (creation.created()) {
            return CompletableFuture.completedStage(creation);
          }
          requireSame(creation.namespace(), spec);
          return spec.description() == null && spec.metadata() == null && spec.policy() == null
              ? CompletableFuture.completedStage(creation)
              : describe(name, spec);
        })
        .thenCompose(creation ->
            summary(creation.namespace())
                .thenApply(summary -> new Ensured(summary, creation.created())));
  }

  private CompletionStage<NamespaceCatalog.Creation> findOrCreate(String name, Spec spec) {
    // What is there needs no draft: its model may be one that this node does not have.
    return catalog
        .findWhole(name)
        .map(present -> new NamespaceCatalog.Creation(present, false))
        .<CompletionStage<NamespaceCatalog.Creation>>map(CompletableFuture::completedStage)
        .orElseGet(() -> catalog.create(draft(name, spec)));
  }

  /** The models that texts of a namespace can be embedded with; the default one is the first. */
  public List<Embedder> models() {
    Embedder usual = embedders.byDefault();
    return Stream.concat(
            Stream.of(usual),
            embedders.names().stream()
                .filter(name -> !name.equals(usual.model()))
                .map(name -> embedders.named(name).orElseThrow()))
        .toList();
  }

  /** The namespaces that the key may see, sorted by name. */
  public List<Namespace> list(Permit permit) {
    ApiKey key = permit.forAction(Action.NAMESPACE_LIST).key();
    return catalog.all().stream().filter(namespace -> key.reaches(namespace.name())).toList();
  }

  /** Those that may be searched, sorted by name. */
  List<Namespace> reachedBy(ApiKey key) {
    return catalog.all().stream()
        .filter(namespace -> key.reaches(namespace.name()) && !namespace.isRestoring())
        .toList();
  }

  public CompletionStage<Summary> get(Permit permit) {
    return summary(existing(permit.forAction(Action.NAMESPACE_READ).namespace()));
  }

  private CompletionStage<Summary> summary(Namespace namespace) {
    return grid.progress(namespace)
        .thenApply(progress ->
            new Summary(
                namespace,
                progress.total(),
                progress.complete(),
                namespace.isSplitting() ? progress : null));
  }

  /** What a store into the namespace does with what is there already. */
  public Namespace.Deduplication deduplication(Permit permit) {
    return existing(permit.forAction(Action.NAMESPACE_READ).namespace()).deduplication();
  }

  /**
   * Changes what a store into the namespace does with what is there already.
   *
   * @param change of the present rules
   */
  public CompletionStage<Namespace.Deduplication> deduplicate(
      Permit permit, UnaryOperator<Namespace.Deduplication> change) {
    String name = permit.forAction(Action.NAMESPACE_CONFIGURE).namespace();
    existing(name);
    return catalog
        .update(name, now -> now.with(change.apply(now.deduplication())))
        .thenApply(
            updated -> updated.orElseThrow(() -> NamespaceCatalog.unknown(name)).deduplication());
  }

  /**
   * How far a namespace is on its way to another model.
   *
   * @param model that it has, or will have
   * @param fromModel that questions go through until it is there; null when it does not move
   */
  public record Reembedding(
      String namespace, String model, @Nullable String fromModel, MemoryGrid.Progress progress) {}

  /**
   * Begins to move the namespace to another model; nothing happens when it has it already, or is on
   * its way to it. On its way to another one it turns, also back to the one that it comes from.
   *
   * @throws Refusal.Conflict perhaps as the stage's failure, if it has only just arrived at another
   *     one or is on its way to more shards, or its clients bring every vector themselves
   */
  public CompletionStage<Reembedding> reembed(Permit permit, String model) {
    String name = permit.forAction(Action.NAMESPACE_REEMBED).namespace();
    Embedder embedder = embedder(model, embedders.names());
    existing(name);
    return catalog
        .update(name, now -> moving(now, embedder))
        .thenCompose(
            updated -> reembedding(updated.orElseThrow(() -> NamespaceCatalog.unknown(name))));
  }

  /** Whether there are so many shards, or may have been before they were split. */
  private static boolean isOrWas(int shards, int wanted) {
    return shards % wanted == 0 && Integer.bitCount(shards / wanted) == 1;
  }

  private static Namespace moving(Namespace now, Embedder embedder) {
    if (!now.embedsText()) {
      throw new Refusal.Conflict(
          "namespace '%s' holds clients' own vectors, which no model of the node has made; store its memories into a namespace that has the model '%s'"
              .formatted(now.name(), embedder.model()));
    }
    boolean isHeading = embedder.model().equals(heading(now).model());
    if (now.isSplitting() && !isHeading) {
      throw new Refusal.Conflict(
          "namespace '%s' is being split into more shards; move it to the model '%s' when that is done (\"split\" of GET /v1/namespaces/{namespace} is null then)"
              .formatted(now.name(), embedder.model()));
    }
    if (now.isChangingModel() && now.filling() == null && !isHeading) {
      throw new Refusal.Conflict(
          "namespace '%s' has just arrived at the model '%s'; ask again in a moment, when \"state\" of GET /v1/namespaces/{namespace}/reembed is 'done'"
              .formatted(now.name(), heading(now).model()));
    }
    return isHeading ? now : now.movingTo(embedder.model(), embedder.dimension());
  }

  /** How far the namespace is on its way to another model. */
  public CompletionStage<Reembedding> reembedding(Permit permit) {
    return reembedding(existing(permit.forAction(Action.NAMESPACE_READ).namespace()));
  }

  private CompletionStage<Reembedding> reembedding(Namespace namespace) {
    if (!namespace.isChangingModel()) {
      return grid.progress(namespace)
          .thenApply(
              progress -> new Reembedding(namespace.name(), namespace.model(), null, progress));
    }
    Space left = namespace.filling() == null ? namespace.beside() : namespace.space();
    return grid.progress(namespace)
        .thenApply(progress ->
            new Reembedding(
                namespace.name(),
                heading(namespace).model(),
                left == null ? null : left.model(),
                progress));
  }

  /** Where the namespace is, or goes. */
  private static Space heading(Namespace namespace) {
    Space filling = namespace.filling();
    return filling == null ? namespace.space() : filling;
  }

  /** Removes the namespace with everything in it. */
  public CompletionStage<Void> delete(Permit permit) {
    String name = permit.forAction(Action.NAMESPACE_DELETE).namespace();
    return catalog
        .delete(name)
        .thenAccept(deleted -> {
          if (!deleted) {
            throw NamespaceCatalog.unknown(name);
          }
        });
  }

  /**
   * The namespace of that name, or one as it would be made by the first store.
   *
   * @param dimension of the vectors that the store brings, or null when the node embeds its texts
   */
  Namespace findOrDraft(String name, @Nullable Integer dimension) {
    return catalog
        .findWhole(name)
        .orElseGet(
            () -> draft(name, new Spec(dimension, null, null, null, null, null, null, null)));
  }

  /** Makes a drafted namespace, or finds the one that is there. */
  CompletionStage<Namespace> make(Namespace drafted) {
    Optional<Namespace> found = catalog.findWhole(drafted.name());
    return found.isPresent()
        ? CompletableFuture.completedStage(found.get())
        : catalog.create(drafted).thenApply(NamespaceCatalog.Creation::namespace);
  }

  /** The namespace of that name, as {@link NamespaceCatalog#existing} finds it. */
  Namespace existing(String name) {
    return catalog.existing(name);
  }

  /** Whether there is none of them. */
  boolean areMissing(List<String> names) {
    return names.stream().allMatch(name -> catalog.find(name).isEmpty());
  }

  private Namespace draft(String name, Spec spec) {
    if (!NamespaceName.isValid(name)) {
      throw new Refusal.InvalidRequest(
          "namespace", "a namespace is named by letters, digits, '_', '-' and '.'");
    }
    return new Namespace(
        name,
        Namespace.drawUid(random),
        space(spec),
        null,
        false,
        spec.distance() == null ? Namespace.Distance.COSINE : spec.distance(),
        spec.language() == null ? Namespace.DEFAULT_LANGUAGE : spec.language(),
        spec.deduplication(Namespace.Deduplication.OFF),
        spec.description(),
        spec.metadata(),
        clock.instant().getEpochSecond(),
        1);
  }

  private Space space(Spec spec) {
    String model = spec.model();
    Integer dimension = spec.dimension();
    int shards = spec.shards() == null ? 1 : spec.shards();
    if (model == null) {
      Embedder usual = embedders.byDefault();
      return dimension == null || dimension == usual.dimension()
          ? Space.first(usual.model(), usual.dimension(), shards)
          : Space.first(Namespace.OWN_VECTORS, dimension, shards);
    }
    if (model.equals(Namespace.OWN_VECTORS)) {
      if (dimension == null) {
        throw new Refusal.InvalidRequest(
            "dimension", "say how many numbers your own vectors have: 'dimension'");
      }
      return Space.first(model, dimension, shards);
    }
    List<String> choice =
        Stream.concat(embedders.names().stream(), Stream.of(Namespace.OWN_VECTORS)).toList();
    Embedder named = embedder(model, choice);
    if (dimension != null && dimension != named.dimension()) {
      throw new Refusal.DimensionMismatch(
          "the model '%s' gives vectors of %d dimensions, not %d; leave 'dimension' out, or name the model '%s' to bring vectors of your own"
              .formatted(model, named.dimension(), dimension, Namespace.OWN_VECTORS));
    }
    return Space.first(named.model(), named.dimension(), shards);
  }

  /**
   * @param choice what a caller who names another model is told of
   */
  private Embedder embedder(String model, List<String> choice) {
    return embedders
        .named(model)
        .orElseThrow(() ->
            new Refusal.InvalidRequest(
                "model",
                "there is no embedding model '%s'; there are: %s"
                    .formatted(model, String.join(", ", choice))));
  }

  private CompletionStage<NamespaceCatalog.Creation> describe(String name, Spec spec) {
    return catalog
        .update(
            name,
            now ->
                now.describedAs(
                        spec.description() == null ? now.description() : spec.description(),
                        spec.metadata() == null ? now.metadata() : spec.metadata())
                    .with(spec.deduplication(now.deduplication())))
        .thenApply(updated ->
            new NamespaceCatalog.Creation(
                updated.orElseThrow(() -> NamespaceCatalog.unknown(name)), false));
  }

  private void requireSame(Namespace present, Spec wanted) {
    if (wanted.dimension() != null && wanted.dimension() != present.dimension()) {
      throw new Refusal.DimensionMismatch(
          "namespace '%s' holds vectors of %d dimensions, not %d; it changes with the model alone (POST /v1/namespaces/{namespace}/reembed)"
              .formatted(present.name(), present.dimension(), wanted.dimension()));
    }
    if (wanted.model() != null && !wanted.model().equals(present.model())) {
      var _ = space(wanted); // a name that no model has is the caller's mistake before all else
      throw new Refusal.Conflict(
          "namespace '%s' has the model '%s'; move it to another with POST /v1/namespaces/{namespace}/reembed"
              .formatted(present.name(), present.model()));
    }
    if (wanted.shards() != null && !isOrWas(present.shards(), wanted.shards())) {
      throw new Refusal.Conflict(
          "namespace '%s' has %d shards; it is split into twice as many when it has grown (index.splitAbove), and not otherwise"
              .formatted(present.name(), present.shards()));
    }
    if (wanted.distance() != null && wanted.distance() != present.distance()) {
      throw new Refusal.Conflict(
          "namespace '%s' compares by %s; that is fixed when it is made"
              .formatted(present.name(), present.distance().name().toLowerCase(Locale.ROOT)));
    }
    if (wanted.language() != null && !wanted.language().equals(present.language())) {
      throw new Refusal.Conflict(
          "namespace '%s' is in the language '%s'; that is fixed when it is made"
              .formatted(present.name(), present.language()));
    }
  }
}
