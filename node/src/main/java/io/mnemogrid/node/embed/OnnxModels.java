package io.mnemogrid.node.embed;

import io.mnemogrid.node.config.EmbedConfig;
import io.mnemogrid.node.config.RerankConfig;
import io.mnemogrid.node.embed.OpenModels.Lease;
import io.mnemogrid.node.memory.Embedder;
import io.mnemogrid.node.memory.Embedders;
import io.mnemogrid.node.memory.Reranker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * All models of a node: the sentence models, and the cross-encoder if there is one. They share a
 * few threads and the queues before these, and each is in memory once, from its first use on.
 *
 * <p>Stages complete on the threads that run the models: what follows must not block. Safe for any
 * thread.
 */
public final class OnnxModels implements Embedders, AutoCloseable {
  private final OpenModels sentenceModels;
  private final OpenModels rerankers;
  private final QuestionCache cache;
  private final Workers workers;
  private final SortedMap<String, Embedder> embedders = new TreeMap<>();
  private final Embedder byDefault;
  private final @Nullable Reranker reranker;
  private final AtomicBoolean closed = new AtomicBoolean();

  private OnnxModels(EmbedConfig embed, RerankConfig rerank, ModelCatalog catalog, Path scratch) {
    sentenceModels = new OpenModels(embed.maxOpenModels(), scratch);
    rerankers = new OpenModels(1, scratch);
    cache = new QuestionCache(embed.cacheEntries());
    Packing packing = new Packing(embed.maxBatchTexts(), embed.maxBatchTokens());
    List<SentenceReadings> sentences =
        catalog.sentenceModels().values().stream()
            .map(files -> SentenceReadings.of(sentenceModels, files, packing))
            .toList();
    Optional<Reading> pairs =
        catalog
            .reranker()
            .map(files ->
                new Reading(
                    rerankers,
                    files,
                    OpenModel::cutPassage,
                    new Packing(rerank.maxBatchTexts(), rerank.maxBatchTokens())));
    List<Reading> all = new ArrayList<>();
    sentences.forEach(readings -> all.add(readings.passages()));
    pairs.ifPresent(all::add);
    workers = new Workers(embed.threads(), embed.queueLimit(), all);
    for (SentenceReadings readings : sentences) {
      Embedder embedder = new OnnxEmbedder(workers, cache, readings);
      embedders.put(embedder.model(), embedder);
    }
    byDefault = Objects.requireNonNull(embedders.get(embed.model()));
    reranker = pairs.map(reading -> new OnnxReranker(workers, reading)).orElse(null);
  }

  /**
   * Looks for all models, opens the default one, and starts the threads.
   *
   * @param scratch folder where the file of a model of the node's jar lies while it is read; made
   *     when missing
   * @throws io.mnemogrid.node.config.InvalidConfigException with all that is wrong with the models
   *     that the settings name
   * @throws IOException when the node's own models cannot be read
   */
  public static OnnxModels open(EmbedConfig embed, RerankConfig rerank, Path scratch)
      throws IOException {
    ModelCatalog catalog = ModelCatalog.read(embed, rerank, scratch);
    OnnxModels models = new OnnxModels(embed, rerank, catalog, scratch);
    ModelFiles byDefault = Objects.requireNonNull(catalog.sentenceModels().get(embed.model()));
    try (Lease lease = models.sentenceModels.lease(byDefault)) {
      lease.model().tryOut();
      return models;
    } catch (InterruptedException e) {
      models.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a model was being opened");
    } catch (IOException | RuntimeException e) {
      models.close();
      throw e;
    }
  }

  @Override
  public Embedder byDefault() {
    return byDefault;
  }

  @Override
  public Optional<Embedder> named(String model) {
    return Optional.ofNullable(embedders.get(model));
  }

  @Override
  public List<String> names() {
    return List.copyOf(embedders.keySet());
  }

  /** The cross-encoder, if the settings name one. */
  public Optional<Reranker> reranker() {
    return Optional.ofNullable(reranker);
  }

  /** What was done so far, for metrics. */
  public EmbedFigures figures() {
    Workers.Figures done = workers.figures();
    return new EmbedFigures(
        cache.hits(),
        cache.misses(),
        cache.size(),
        done.texts(),
        done.runs(),
        done.tokens(),
        done.sampledTexts(),
        done.placesTaken(),
        sentenceModels.count(),
        sentenceModels.opened());
  }

  /**
   * Fails what waits, lets the runs under way end, and gives the models' memory back. Not to be
   * called from a stage of these models. The second call does nothing.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      workers.close();
      sentenceModels.close();
      rerankers.close();
    }
  }
}
