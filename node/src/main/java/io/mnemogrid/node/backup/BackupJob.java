package io.mnemogrid.node.backup;

import io.mnemogrid.node.memory.MemoryCopies;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The making of one backup. Its memories come from their owners a page at a time, so that no more
 * than one page and one block of the file are in memory.
 */
final class BackupJob {
  /** A namespace that is moved to other shards or another model each time is given up. */
  private static final int MOST_ATTEMPTS = 5;

  private final BackupFolder folder;
  private final Backups.Cluster cluster;
  private final InstantSource clock;
  private final Plan plan;
  private volatile long memoriesBefore;
  private volatile long memoriesHere;
  private volatile long bytes;

  /**
   * What is to be put away.
   *
   * @param lenient whether a namespace that is deleted meanwhile is left out
   * @param createdAt unix seconds
   */
  record Plan(
      String id,
      String name,
      List<Namespace> namespaces,
      boolean lenient,
      boolean compressed,
      long createdAt) {}

  BackupJob(BackupFolder folder, Backups.Cluster cluster, InstantSource clock, Plan plan) {
    this.folder = folder;
    this.cluster = cluster;
    this.clock = clock;
    this.plan = plan;
  }

  /** How far it is; any thread. */
  Backup soFar(@Nullable String error) {
    return new Backup(
        plan.id(),
        plan.name(),
        error == null ? Status.IN_PROGRESS : Status.FAILED,
        plan.namespaces().stream().map(Namespace::name).sorted().toList(),
        memoriesBefore + memoriesHere,
        bytes,
        plan.createdAt(),
        null,
        plan.compressed(),
        null,
        true,
        error);
  }

  /**
   * Makes the backup; when it returns, the disk has it. What fails leaves nothing behind.
   *
   * @throws Refusal if the cluster does not give a namespace
   * @throws IOException if the folder cannot be written
   */
  Backup run() throws IOException, InterruptedException {
    Path place = folder.begin(plan.id());
    try {
      List<SavedNamespace> saved = new ArrayList<>();
      Map<String, String> sums = new HashMap<>();
      for (Namespace namespace : plan.namespaces()) {
        String file = "memories-%d.bin".formatted(saved.size());
        Optional<SavedNamespace> one = save(namespace, place.resolve(file), sums);
        one.ifPresent(saved::add);
      }
      Manifest manifest =
          new Manifest(
              plan.id(),
              plan.name(),
              plan.compressed(),
              plan.createdAt(),
              clock.instant().getEpochSecond(),
              List.copyOf(saved));
      folder.finish(manifest, sums);
      return Backup.of(manifest, folder.place(plan.id()).toString());
    } catch (IOException | InterruptedException | RuntimeException e) {
      abandon(e);
      throw e;
    }
  }

  private void abandon(Exception because) {
    try {
      folder.abandon(plan.id());
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  private Optional<SavedNamespace> save(Namespace planned, Path file, Map<String, String> sums)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Namespace now = now(planned).orElse(null);
      if (now == null && plan.lenient()) {
        return Optional.empty();
      }
      if (now == null) {
        throw new Refusal.NotFound(
            Refusal.NotFound.Kind.NAMESPACE,
            planned.name(),
            "the namespace '%s' was deleted before it was put away".formatted(planned.name()));
      }
      try {
        return Optional.of(copy(now, file, sums));
      } catch (Refusal.Conflict | Refusal.NotFound e) {
        boolean isMoved =
            now(planned)
                .map(again -> again.space().generation() != now.space().generation())
                .orElse(true);
        if (!isMoved || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The namespace as it is now, if it is still the same one. */
  private Optional<Namespace> now(Namespace planned) {
    return cluster.namespaces().find(planned.name()).filter(found -> found.uid() == planned.uid());
  }

  private SavedNamespace copy(Namespace namespace, Path file, Map<String, String> sums)
      throws IOException, InterruptedException {
    memoriesHere = 0;
    long memories = 0;
    boolean complete = true;
    try (MemoryFileWriter out = new MemoryFileWriter(file, plan.compressed())) {
      for (int part = 0; part < namespace.shards(); part++) {
        MemoryCopies.Mark mark = MemoryCopies.Mark.START;
        MemoryCopies.Page page;
        do {
          page = Waiting.on(cluster.copies().after(namespace, part, mark));
          for (MemoryCopies.Copy copy : page.copies()) {
            out.add(copy);
          }
          mark = page.next();
          memoriesHere = memories + page.memories();
        } while (page.more());
        memories += page.memories();
        complete &= page.complete();
      }
      MemoryFileWriter.Written written = out.finish();
      memoriesBefore += memories;
      memoriesHere = 0;
      bytes += written.bytes();
      String name = String.valueOf(file.getFileName());
      sums.put(name, written.sha256());
      return new SavedNamespace(namespace, name, written.bytes(), memories, complete);
    }
  }
}
