package io.mnemogrid.node.http;

import io.mnemogrid.node.backup.Backup;
import io.mnemogrid.node.backup.Restore;
import io.mnemogrid.node.backup.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Backups and restores as clients see them. */
final class BackupJson {
  private BackupJson() {}

  static JsonObject backup(Backup backup) {
    JsonObject json =
        new JsonObject()
            .put("backup_id", backup.id())
            .put("id", backup.id())
            .put("name", backup.name())
            .put("backup_type", "full")
            .put("status", status(backup.status()))
            .put("namespaces", new JsonArray(backup.namespaces()))
            .put("vector_count", backup.memories())
            .put("size_bytes", backup.bytes())
            .put("created_at", backup.createdAt())
            .put("encrypted", false)
            .put("compression", backup.compressed() ? "deflate" : "none")
            .put("complete", backup.complete());
    Long completedAt = backup.completedAt();
    if (completedAt != null) {
      json.put("completed_at", completedAt)
          .put("duration_seconds", Math.max(0, completedAt - backup.createdAt()));
    }
    if (backup.path() != null) {
      json.put("storage_path", backup.path());
    }
    return backup.error() == null ? json : json.put("error", backup.error());
  }

  static JsonObject restore(Restore restore) {
    JsonArray names = new JsonArray();
    JsonArray report = new JsonArray();
    for (Restore.Target target : restore.namespaces()) {
      names.add(target.to());
      report.add(
          new JsonObject()
              .put("namespace", target.to())
              .put("from", target.from())
              .put("in_backup", target.inBackup())
              .put("restored", target.memories()));
    }
    JsonObject json =
        new JsonObject()
            .put("restore_id", restore.id())
            .put("backup_id", restore.backupId())
            .put("status", status(restore.status()))
            .put("namespaces", names)
            .put("report", report)
            .put("progress_percent", restore.progressPercent())
            .put("vectors_restored", restore.memories())
            .put("started_at", restore.startedAt());
    Long completedAt = restore.completedAt();
    if (completedAt != null) {
      json.put("completed_at", completedAt)
          .put("duration_seconds", Math.max(0, completedAt - restore.startedAt()));
    }
    return restore.error() == null ? json : json.put("error", restore.error());
  }

  private static String status(Status status) {
    return switch (status) {
      case IN_PROGRESS -> "inprogress";
      case COMPLETED -> "completed";
      case FAILED -> "failed";
    };
  }
}
