package io.mnemogrid.node.embed;

import io.mnemogrid.node.config.EmbedConfig;
import io.mnemogrid.node.config.InvalidConfigException;
import io.mnemogrid.node.config.RerankConfig;
import io.mnemogrid.node.config.Violation;
import io.mnemogrid.node.model.Namespace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The models that this node can open: those of its jar, and those that its settings name. */
final class ModelCatalog {
  /** Folders that are looked at in {@code embed.modelsDir}. */
  static final int FOLDERS_MAX = 64;

  private static final String MODELS_DIR = "embed.modelsDir";
  private static final String RERANKER = "rerank.modelDir";

  private final Path scratch;
  private final SortedMap<String, ModelFiles> sentenceModels = new TreeMap<>();
  private @Nullable ModelFiles reranker;
  private final List<Violation> violations = new ArrayList<>();

  private ModelCatalog(Path scratch) {
    this.scratch = scratch;
  }

  /**
   * Looks for all models, and opens and runs each of the operator's once, to see that it works.
   *
   * @param scratch folder for files that are gone again when this returns
   * @throws InvalidConfigException with all that is wrong with what the settings name
   * @throws IOException when the node's own models cannot be read
   */
  static ModelCatalog read(EmbedConfig embed, RerankConfig rerank, Path scratch)
      throws IOException {
    ModelCatalog catalog = new ModelCatalog(scratch);
    for (BundledModel model : BundledModel.all()) {
      catalog.sentenceModels.put(model.card().name(), model);
    }
    if (!embed.modelsDir().isEmpty()) {
      catalog.readFolders(Path.of(embed.modelsDir()));
    }
    if (!rerank.modelDir().isEmpty()) {
      catalog.readReranker(Path.of(rerank.modelDir()));
    }
    // A model that was found and cannot be used is complained of already.
    if (catalog.violations.isEmpty() && !catalog.sentenceModels.containsKey(embed.model())) {
      catalog.note(
          "embed.model",
          "must be one of %s, was \"%s\""
              .formatted(String.join(", ", catalog.sentenceModels.keySet()), embed.model()));
    }
    if (!catalog.violations.isEmpty()) {
      throw new InvalidConfigException(catalog.violations);
    }
    return catalog;
  }

  private void readFolders(Path modelsDir) {
    List<Path> folders = new ArrayList<>();
    // Names that begin with a dot are those of mounts and tools.
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(
            modelsDir,
            path -> Files.isDirectory(path) && !path.getFileName().toString().startsWith("."))) {
      for (Path folder : found) {
        folders.add(folder);
        if (folders.size() > FOLDERS_MAX) {
          note(MODELS_DIR, "must hold at most %d folders".formatted(FOLDERS_MAX));
          return;
        }
      }
    } catch (IOException e) {
      note(MODELS_DIR, "must be a folder that can be read: " + reason(e));
    }
    folders.stream().sorted().forEach(this::readFolder);
  }

  private void readFolder(Path folder) {
    try {
      ModelFolder model = ModelFolder.ofSentenceModel(folder);
      String name = model.card().name();
      if (name.equals(Namespace.OWN_VECTORS)) {
        throw new IOException("'%s' is kept for vectors that clients bring".formatted(name));
      }
      if (sentenceModels.containsKey(name)) {
        throw new IOException("the node itself has a model of this name; take another one");
      }
      tryOut(model);
      sentenceModels.put(name, model);
    } catch (IOException e) {
      note(MODELS_DIR, "%s cannot be used: %s".formatted(folder, reason(e)));
    }
  }

  private void readReranker(Path folder) {
    try {
      ModelFolder model = ModelFolder.ofReranker(folder);
      tryOut(model);
      reranker = model;
    } catch (IOException e) {
      note(RERANKER, "%s cannot be used: %s".formatted(folder, reason(e)));
    }
  }

  private void tryOut(ModelFiles files) throws IOException {
    try (OpenModel model = OpenModel.open(files, scratch)) {
      model.tryOut();
    }
  }

  private void note(String key, String problem) {
    violations.add(new Violation(key, problem));
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** By name, sorted. */
  SortedMap<String, ModelFiles> sentenceModels() {
    return sentenceModels;
  }

  Optional<ModelFiles> reranker() {
    return Optional.ofNullable(reranker);
  }
}
