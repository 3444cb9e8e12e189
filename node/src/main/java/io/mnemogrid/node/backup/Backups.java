package io.mnemogrid.node.backup;

import io.mnemogrid.node.access.Action;
import io.mnemogrid.node.access.Permit;
import io.mnemogrid.node.memory.Embedders;
import io.mnemogrid.node.memory.MemoryCopies;
import io.mnemogrid.node.memory.MemoryGrid;
import io.mnemogrid.node.memory.ReplaceableNamespaces;
import io.mnemogrid.node.model.Namespace;
import io.mnemogrid.node.model.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Backups of namespaces in a folder of this node, and bringing them back into the cluster that the
 * node is in. One is made or brought back at a time, on a thread of its own.
 */
public final class Backups implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Backups.class);
  private static final DateTimeFormatter ID_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  /** Most backups in the folder. */
  private static final int MOST_BACKUPS = 1_000;

  /** Ended ones that are remembered besides what is in the folder. */
  private static final int MOST_REMEMBERED = 100;

  /** Within which a caller gets the end of what it began, rather than that it has begun. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(20);

  private static final Duration BUSY_FOR = Duration.ofSeconds(5);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final @Nullable BackupFolder folder;
  private final Cluster cluster;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("mnemogrid-backup").daemon().factory());
  private final ExecutorService lookUps = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Backup> failed = remembering();
  private final Map<String, Restore> restores = remembering();
  private @Nullable BackupJob backupUnderway;
  private @Nullable RestoreJob restoreUnderway;

  /** What is put away, and where it is brought back. */
  public record Cluster(
      ReplaceableNamespaces namespaces,
      MemoryCopies copies,
      MemoryGrid memories,
      Embedders embedders) {}

  /**
   * @param dir the folder of this node's backups, which is made when the first is; empty for none
   */
  public Backups(String dir, Cluster cluster, InstantSource clock, RandomGenerator random) {
    this.folder = dir.isEmpty() ? null : new BackupFolder(Path.of(dir));
    this.cluster = cluster;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Removes what a process that was killed has left in the folder of backups begun or deleted; to
   * be called before the first is begun, and does not wait.
   */
  public void removeRemains() {
    BackupFolder present = folder;
    if (present != null) {
      worker.execute(() -> {
        try {
          present.removeRemains();
        } catch (IOException | UncheckedIOException e) {
          log.warn("the folder of backups could not be tidied: {}", e.toString());
        }
      });
    }
  }

  private static <V> Map<String, V> remembering() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > MOST_REMEMBERED;
      }
    };
  }

  private BackupFolder folder(Permit permit) {
    permit.forAction(Action.BACKUPS);
    BackupFolder present = folder;
    if (present == null) {
      throw new Refusal.Conflict(
          "this node keeps no backups: set backup.dir to a folder (MNEMOGRID_BACKUP_DIR) and start it again");
    }
    return present;
  }

  /**
   * Puts namespaces away.
   *
   * @param name what the backup is called, besides its id
   * @param namespaces their names; null for all that are whole
   * @return the backup, or how far it is when it takes longer than clients wait; fails with {@link
   *     Refusal.Busy} while another backup or restore goes on
   */
  public CompletionStage<Backup> create(
      Permit permit, String name, @Nullable List<String> namespaces, boolean compressed) {
    BackupFolder into = folder(permit);
    List<Namespace> chosen =
        namespaces == null
            ? cluster.namespaces().all().stream().filter(one -> !one.isRestoring()).toList()
            : namespaces.stream().distinct().map(cluster.namespaces()::existing).toList();
    Instant now = clock.instant();
    String id = "%s-%08x".formatted(ID_TIME.format(now), random.nextLong() >>> Integer.SIZE);
    BackupJob job =
        new BackupJob(
            into,
            cluster,
            clock,
            new BackupJob.Plan(
                id, name, chosen, namespaces == null, compressed, now.getEpochSecond()));
    enter(job, null);
    return begin(
        () -> {
          if (into.ids().size() >= MOST_BACKUPS) {
            throw new Refusal.Conflict(
                "there are %d backups in the folder already; delete some".formatted(MOST_BACKUPS));
          }
          return job.run();
        },
        () -> job.soFar(null),
        failure -> remember(failed, id, job.soFar(failure)));
  }

  private synchronized void enter(@Nullable BackupJob backup, @Nullable RestoreJob restore) {
    if (backupUnderway != null || restoreUnderway != null) {
      throw new Refusal.Busy(
          "this node is making or restoring a backup; it does one at a time", BUSY_FOR);
    }
    backupUnderway = backup;
    restoreUnderway = restore;
  }

  private synchronized void leave() {
    backupUnderway = null;
    restoreUnderway = null;
  }

  private synchronized <V> void remember(Map<String, V> ended, String id, V last) {
    ended.put(id, last);
  }

  /** Is told why a job has failed. */
  private interface Failed {
    void because(String error);
  }

  private <T> CompletionStage<T> begin(Callable<T> job, Supplier<T> soFar, Failed failed) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    worker.execute(() -> {
      T ended;
      try {
        ended = job.call();
      } catch (Exception | Error e) {
        Throwable shown = shown(e);
        failed.because(
            shown instanceof Refusal
                ? String.valueOf(shown.getMessage())
                : "something went wrong in the node; its log says what");
        leave();
        if (!answer.completeExceptionally(shown)) {
          log.warn("a backup or restore failed", shown);
        }
        return;
      }
      leave(); // once, and before it is answered: who hears of it may begin the next
      answer.complete(ended);
    });
    CompletableFuture.delayedExecutor(FIRST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> answer.complete(soFar.get()));
    return answer;
  }

  /** Of a failure what a caller is told; what is nobody's bug but of the disk, as a refusal. */
  private static Throwable shown(Throwable failure) {
    return switch (failure) {
      case DamagedBackupException e -> new Refusal.Conflict(String.valueOf(e.getMessage()));
      case IOException e ->
          new Refusal.Unavailable(
              "the folder of backups cannot be used: " + e, Duration.ofSeconds(1));
      case InterruptedException _ ->
          new Refusal.Unavailable("the node was stopped meanwhile", Duration.ofSeconds(1));
      default -> failure;
    };
  }

  /** All backups in the folder, and what was begun and did not end well; the newest first. */
  public CompletionStage<List<Backup>> list(Permit permit) {
    BackupFolder from = folder(permit);
    return lookUp(() -> {
      List<Backup> all = new ArrayList<>();
      synchronized (this) {
        if (backupUnderway != null) {
          all.add(backupUnderway.soFar(null));
        }
        List<Backup> others = new ArrayList<>(failed.values());
        all.addAll(others.reversed());
      }
      for (String id : from.ids()) {
        if (all.stream().noneMatch(one -> one.id().equals(id))) {
          try {
            all.add(read(from, id));
          } catch (NoSuchFileException e) {
            log.debug("backup {} was deleted while backups were listed", id, e);
          }
        }
      }
      return all;
    });
  }

  /** One backup; fails with {@link Refusal.NotFound} if there is none. */
  public CompletionStage<Backup> get(Permit permit, String id) {
    BackupFolder from = folder(permit);
    return lookUp(() -> {
      synchronized (this) {
        if (backupUnderway != null && backupUnderway.soFar(null).id().equals(id)) {
          return backupUnderway.soFar(null);
        }
        Backup ended = failed.get(id);
        if (ended != null) {
          return ended;
        }
      }
      if (!from.has(id)) {
        throw unknown(id);
      }
      return read(from, id);
    });
  }

  private static Backup read(BackupFolder from, String id) throws IOException {
    String path = from.place(id).toString();
    try {
      return Backup.of(from.manifest(id), path);
    } catch (DamagedBackupException e) {
      return Backup.damaged(id, path, String.valueOf(e.getMessage()));
    }
  }

  /** Removes the files of a backup. */
  public CompletionStage<Void> delete(Permit permit, String id) {
    BackupFolder from = folder(permit);
    return lookUp(() -> {
      synchronized (this) {
        boolean isUsed =
            backupUnderway != null && backupUnderway.soFar(null).id().equals(id)
                || restoreUnderway != null && restoreUnderway.backupId().equals(id);
        if (isUsed) {
          throw new Refusal.Conflict("the backup is being made or restored; delete it later");
        }
        if (failed.remove(id) != null) {
          return null; // it has left no files
        }
      }
      if (!from.has(id)) {
        throw unknown(id);
      }
      from.remove(id);
      return null;
    });
  }

  /**
   * Brings namespaces back.
   *
   * @return how it ended, or how far it is when it takes longer than clients wait
   */
  public CompletionStage<Restore> restore(Permit permit, RestoreWish wish) {
    BackupFolder from = folder(permit);
    RestoreJob job = new RestoreJob(from, cluster, random, wish, clock.instant().getEpochSecond());
    enter(null, job);
    return begin(
        () -> {
          job.run();
          job.completedAt(clock.instant().getEpochSecond());
          Restore ended = job.soFar(Status.COMPLETED, null);
          remember(restores, job.id(), ended);
          return ended;
        },
        () -> job.soFar(Status.IN_PROGRESS, null),
        failure -> {
          job.completedAt(clock.instant().getEpochSecond());
          remember(restores, job.id(), job.soFar(Status.FAILED, failure));
        });
  }

  /** A restore that this node does, or has done lately. */
  public synchronized Restore restoring(Permit permit, String id) {
    var _ = folder(permit);
    if (restoreUnderway != null && restoreUnderway.id().equals(id)) {
      return restoreUnderway.soFar(Status.IN_PROGRESS, null);
    }
    Restore ended = restores.get(id);
    if (ended == null) {
      throw new Refusal.NotFound(
          Refusal.NotFound.Kind.RESTORE,
          id,
          "this node knows of no such restore; it remembers the last %d since it started"
              .formatted(MOST_REMEMBERED));
    }
    return ended;
  }

  static Refusal unknown(String id) {
    return new Refusal.NotFound(
        Refusal.NotFound.Kind.BACKUP,
        id,
        "there is no such backup in the folder of this node (backup.dir)");
  }

  private <T> CompletionStage<T> lookUp(Callable<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    lookUps.execute(() -> {
      try {
        answer.complete(question.call());
      } catch (NoSuchFileException e) {
        answer.completeExceptionally(unknown(String.valueOf(e.getFile())));
      } catch (Exception e) {
        answer.completeExceptionally(shown(e));
      }
    });
    return answer;
  }

  /** Ends what is under way: a backup leaves nothing, a restore a namespace that is not whole. */
  @Override
  public void close() {
    worker.shutdownNow();
    lookUps.shutdownNow();
    try {
      if (!worker.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("a backup or restore did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
