package io.mnemogrid.node.backup;

import io.mnemogrid.node.memory.Embedder;
import io.mnemogrid.node.memory.MemoryCopies;
import io.mnemogrid.node.memory.ReplaceableNamespaces;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.NamespaceName;
import io.mnemogrid.node.model.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bringing back of one backup. All that is wanted is read and checked before anything changes.
 * Then one namespace after another is made and filled, and when all are whole each is opened; until
 * it is opened nobody can use it, so none is ever seen half, and what it takes the place of stays.
 */
final class RestoreJob {
  private static final Logger log = LoggerFactory.getLogger(RestoreJob.class);

  /** So few that the writes of a partition wait no longer than for a store of many. */
  private static final int MOST_AT_ONCE = 256;

  private static final int MOST_NAMED = 8;

  private final BackupFolder folder;
  private final Backups.Cluster cluster;
  private final RandomGenerator random;
  private final RestoreWish wish;
  private final String id;
  private final long startedAt;

  /** Memories of the namespaces that are whole, by the name that each comes back under. */
  private final Map<String, Long> restored = new HashMap<>();

  private volatile List<Wanted> wanted = List.of();
  private volatile long memoriesHere;
  private volatile long bytesDone;
  private volatile @Nullable Long completedAt;

  /** A namespace of the backup, and what it is to be called. */
  private record Wanted(SavedNamespace saved, String to) {}

  /**
   * What is made of it.
   *
   * @param replaces whether it is to take the place of another
   */
  private record Made(SavedNamespace saved, Namespace namespace, boolean replaces) {}

  /**
   * @param startedAt unix seconds
   */
  RestoreJob(
      BackupFolder folder,
      Backups.Cluster cluster,
      RandomGenerator random,
      RestoreWish wish,
      long startedAt) {
    this.folder = folder;
    this.cluster = cluster;
    this.random = random;
    this.wish = wish;
    this.startedAt = startedAt;
    this.id = "restore-%016x".formatted(random.nextLong());
  }

  String id() {
    return id;
  }

  String backupId() {
    return wish.backupId();
  }

  /** How far it is; any thread. */
  synchronized Restore soFar(Status status, @Nullable String error) {
    List<Restore.Target> targets = new ArrayList<>();
    for (Wanted one : wanted) {
      targets.add(
          new Restore.Target(
              one.saved().name(), one.to(), one.saved().memories(), restored.get(one.to())));
    }
    long bytes = wanted.stream().mapToLong(one -> one.saved().bytes()).sum();
    long percent = bytes == 0 ? 0 : Math.min(99, 100 * bytesDone / bytes);
    return new Restore(
        id,
        wish.backupId(),
        status,
        targets,
        status == Status.COMPLETED ? 100 : (int) percent,
        restored.values().stream().mapToLong(Long::longValue).sum() + memoriesHere,
        startedAt,
        completedAt,
        error);
  }

  void completedAt(long unixSeconds) {
    completedAt = unixSeconds;
  }

  /**
   * Brings all that is wanted back.
   *
   * @throws Refusal if that cannot be; nothing is changed then, or what was begun is removed, but
   *     for a namespace that is deleted in the moment in which it would be back: the others are
   */
  void run() throws IOException, InterruptedException {
    try (Closeable _ = folder.reading(wish.backupId(), id)) {
      restoreAll();
    }
  }

  private void restoreAll() throws IOException, InterruptedException {
    wanted = wanted();
    for (Wanted one : wanted) {
      requireRoom(one);
    }
    Map<String, String> sums = folder.sums(wish.backupId());
    for (Wanted one : wanted) {
      verify(one.saved(), sums);
    }
    List<Made> made = new ArrayList<>();
    try {
      for (Wanted one : wanted) {
        made.add(make(one));
        restore(made.getLast());
      }
    } catch (IOException | RuntimeException e) {
      made.forEach(this::abandon);
      throw e;
    }
    openAll(made);
  }

  /** From here on there is no way back: one that cannot be opened does not keep others from it. */
  private void openAll(List<Made> made) throws InterruptedException {
    List<Made> failed = new ArrayList<>();
    RuntimeException first = null;
    for (Made one : made) {
      try {
        open(one);
      } catch (RuntimeException e) {
        abandon(one);
        failed.add(one);
        first = first == null ? e : first;
      }
    }
    if (first == null) {
      return;
    }
    if (failed.size() == made.size()) {
      throw first;
    }
    String names =
        failed.stream()
            .limit(MOST_NAMED)
            .map(one -> one.namespace().name())
            .collect(Collectors.joining(", "));
    throw new Refusal.Conflict(
        "all namespaces are back but for %s%s: %s"
            .formatted(
                names,
                failed.size() > MOST_NAMED
                    ? " and %d more".formatted(failed.size() - MOST_NAMED)
                    : "",
                first.getMessage()));
  }

  private List<Wanted> wanted() throws IOException {
    Manifest manifest;
    try {
      manifest = folder.manifest(wish.backupId());
    } catch (NoSuchFileException e) {
      throw Backups.unknown(wish.backupId());
    }
    List<String> names = wish.namespaces();
    Set<String> present = new HashSet<>();
    Set<String> targets = new HashSet<>();
    List<Wanted> chosen = new ArrayList<>();
    for (SavedNamespace saved : manifest.namespaces()) {
      present.add(saved.name());
      if (names == null || names.contains(saved.name())) {
        String to = wish.renamed().getOrDefault(saved.name(), saved.name());
        if (!targets.add(to)) {
          throw new Refusal.InvalidRequest(
              "rename", "two namespaces cannot both become '%s'".formatted(to));
        }
        chosen.add(new Wanted(saved, to));
      }
    }
    requirePresent("target_namespaces", names == null ? List.of() : names, present);
    requirePresent("rename", wish.renamed().keySet(), present);
    return List.copyOf(chosen);
  }

  private static void requirePresent(String field, Iterable<String> names, Set<String> present) {
    for (String name : names) {
      if (!present.contains(name)) {
        throw new Refusal.InvalidRequest(
            field,
            "the backup has no namespace '%s'; GET /admin/backups/{backup_id} says which it has"
                .formatted(name));
      }
    }
  }

  private void requireRoom(Wanted one) {
    if (!NamespaceName.isValid(one.to())) {
      throw new Refusal.InvalidRequest("rename", "'%s' names no namespace".formatted(one.to()));
    }
    if (!wish.overwrite() && cluster.namespaces().find(one.to()).isPresent()) {
      throw taken(one.to());
    }
    Namespace saved = one.saved().descriptor();
    int dimension =
        saved.embedsText()
            ? cluster.embedders().named(saved.model()).map(Embedder::dimension).orElse(0)
            : saved.dimension();
    if (dimension != saved.dimension()) {
      throw new Refusal.Conflict(
          "namespace '%s' has the model '%s' of %d dimensions, which this node does not have; add it to embed.modelsDir of all members"
              .formatted(saved.name(), saved.model(), saved.dimension()));
    }
  }

  private static Refusal taken(String name) {
    return new Refusal.Conflict(
        "there is a namespace '%s' already, and nothing was changed; name another with \"rename\", or have it give way with \"overwrite\": true"
            .formatted(name));
  }

  /** Reads the whole file as a restore would. */
  private void verify(SavedNamespace saved, Map<String, String> sums)
      throws IOException, InterruptedException {
    try (MemoryFileReader in = reader(saved)) {
      List<MemoryCopies.Copy> copies = in.next();
      while (!copies.isEmpty()) {
        for (MemoryCopies.Copy copy : copies) {
          try {
            cluster.copies().check(copy, saved.descriptor().dimension());
          } catch (IllegalArgumentException e) {
            throw in.damaged(String.valueOf(e.getMessage()));
          }
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        copies = in.next();
      }
      if (!in.sha256().equals(sums.get(saved.file()))) {
        throw new DamagedBackupException(
            saved.file(), 0, "its digest is not the one in " + BackupFolder.SUMS);
      }
    }
  }

  private MemoryFileReader reader(SavedNamespace saved) throws IOException {
    Path file = folder.place(wish.backupId()).resolve(saved.file());
    try {
      return new MemoryFileReader(file);
    } catch (NoSuchFileException e) {
      throw new DamagedBackupException(saved.file(), 0, "it is missing");
    }
  }

  private void restore(Made made) throws IOException, InterruptedException {
    fill(made.saved(), made.namespace());
    long memories = Waiting.on(cluster.memories().count(made.namespace()));
    synchronized (this) {
      restored.put(made.namespace().name(), memories);
      memoriesHere = 0;
    }
  }

  /** Lets it be used, in place of what was there. */
  private void open(Made made) throws InterruptedException {
    ReplaceableNamespaces catalog = cluster.namespaces();
    Namespace filled = made.namespace();
    Namespace opened =
        Waiting.on(
                made.replaces()
                    ? catalog.replaceBy(filled)
                    : catalog.update(
                        filled.name(), now -> isStill(filled, now) ? now.restored() : now))
            .orElse(null);
    if (opened == null || opened.uid() != filled.uid()) {
      throw new Refusal.Conflict(
          "namespace '%s' was deleted or restored anew meanwhile".formatted(filled.name()));
    }
  }

  private static boolean isStill(Namespace made, Namespace now) {
    return now.uid() == made.uid() && now.isRestoring();
  }

  /** Makes the namespace, closed; what is there under its name is used until it is opened. */
  private Made make(Wanted one) throws InterruptedException {
    ReplaceableNamespaces catalog = cluster.namespaces();
    Namespace present = catalog.find(one.to()).orElse(null);
    if (present != null && !wish.overwrite()) {
      throw taken(one.to());
    }
    Namespace fresh =
        one.saved()
            .restoringAs(
                one.to(),
                Namespace.drawUid(random),
                startedAt,
                present == null ? 1 : present.revision() + 1);
    boolean isMade =
        present == null
            ? Waiting.on(catalog.create(fresh)).created()
            : Waiting.on(catalog.bring(fresh)).isPresent();
    if (!isMade) {
      throw new Refusal.Conflict(
          "namespace '%s' was made or deleted by somebody else at the same time; nothing was changed"
              .formatted(one.to()));
    }
    return new Made(one.saved(), fresh, present != null);
  }

  private void fill(SavedNamespace saved, Namespace made) throws IOException, InterruptedException {
    long before = bytesDone;
    try (MemoryFileReader in = reader(saved)) {
      List<MemoryCopies.Copy> copies = in.next();
      while (!copies.isEmpty()) {
        for (int at = 0; at < copies.size(); at += MOST_AT_ONCE) {
          List<MemoryCopies.Copy> some =
              copies.subList(at, Math.min(copies.size(), at + MOST_AT_ONCE));
          memoriesHere += Waiting.on(cluster.copies().put(made, some));
        }
        bytesDone = before + in.offset();
        copies = in.next();
      }
    }
  }

  private void abandon(Made made) {
    ReplaceableNamespaces catalog = cluster.namespaces();
    Namespace namespace = made.namespace();
    synchronized (this) {
      restored.remove(namespace.name());
      memoriesHere = 0;
    }
    try {
      if (made.replaces()) {
        Waiting.on(catalog.turnAway(namespace));
      } else if (catalog
          .find(namespace.name())
          .filter(now -> isStill(namespace, now))
          .isPresent()) {
        Waiting.on(catalog.delete(namespace.name()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("what was restored of namespace '{}' is left", namespace.name(), e);
    }
  }
}
