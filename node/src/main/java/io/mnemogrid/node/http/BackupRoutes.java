package io.mnemogrid.node.http;

import io.mnemogrid.node.backup.Backup;
import io.mnemogrid.node.backup.Backups;
import io.mnemogrid.node.backup.RestoreWish;
import io.mnemogrid.node.model.NamespaceName;
import io.mnemogrid.node.model.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Backups over HTTP. */
final class BackupRoutes {
  /** What other clients call a backup that they give no name. */
  private static final String UNNAMED = "backup";

  private final Backups backups;

  BackupRoutes(Backups backups) {
    this.backups = backups;
  }

  Map<String, OperationHandler> handlers() {
    return Map.of(
        "createBackup", this::create,
        "listBackups", this::list,
        "getBackup", this::get,
        "deleteBackup", this::delete,
        "restoreBackup", call -> restore(call, call.body().required("backup_id")),
        "restoreNamedBackup", call -> restore(call, call.parameters().required("backup_id")),
        "getRestore", this::restoring);
  }

  private CompletionStage<Answer> create(Call call) {
    Fields body = call.body();
    if (body.flag("encrypt")) {
      throw new Refusal.InvalidRequest(
          "encrypt",
          "a node does not encrypt backups: leave 'encrypt' out, and keep backup.dir on a volume that is encrypted");
    }
    if (body.has("include_data") && !body.flag("include_data")) {
      throw new Refusal.InvalidRequest(
          "include_data", "a backup always has the memories: leave 'include_data' out");
    }
    String name = body.text("name");
    return backups
        .create(
            call.permit(),
            name == null ? UNNAMED : name,
            canonical(body.texts("namespaces")),
            "deflate".equals(body.text("compression")))
        .thenApply(backup -> {
          JsonObject shown = BackupJson.backup(backup);
          return Answer.ok(shown.copy().put("backup", shown));
        });
  }

  private static @Nullable List<String> canonical(@Nullable List<String> names) {
    return names == null ? null : names.stream().map(NamespaceName::canonical).toList();
  }

  private CompletionStage<Answer> list(Call call) {
    return backups
        .list(call.permit())
        .thenApply(all -> {
          JsonArray shown = new JsonArray();
          all.stream().map(BackupJson::backup).forEach(shown::add);
          return Answer.ok(new JsonObject().put("backups", shown).put("total", shown.size()));
        });
  }

  private CompletionStage<Answer> get(Call call) {
    CompletionStage<Backup> found =
        backups.get(call.permit(), call.parameters().required("backup_id"));
    return found.thenApply(backup -> Answer.ok(BackupJson.backup(backup)));
  }

  private CompletionStage<Answer> delete(Call call) {
    return backups
        .delete(call.permit(), call.parameters().required("backup_id"))
        .thenApply(_ ->
            Answer.ok(
                new JsonObject()
                    .put("success", true)
                    .put("message", "the backup's files are gone")
                    .put("status", "deleted")));
  }

  private CompletionStage<Answer> restore(Call call, String backupId) {
    Fields body = call.body();
    if (body.has("point_in_time")) {
      throw new Refusal.InvalidRequest(
          "point_in_time",
          "a backup is of one time: leave 'point_in_time' out, and name the backup that was made before it");
    }
    Map<String, String> renamed = new HashMap<>();
    for (Fields one : body.objects("rename")) {
      String from = NamespaceName.canonical(one.required("from"));
      if (renamed.put(from, NamespaceName.canonical(one.required("to"))) != null) {
        throw new Refusal.InvalidRequest(
            "rename", "the namespace '%s' can get one new name".formatted(from));
      }
    }
    return backups
        .restore(
            call.permit(),
            new RestoreWish(backupId, canonical(restored(body)), renamed, body.flag("overwrite")))
        .thenApply(restore -> Answer.ok(BackupJson.restore(restore)));
  }

  /** As they are called where the backup is made, or as Dakera's clients call them here. */
  private static @Nullable List<String> restored(Fields body) {
    List<String> asMade = body.texts("namespaces");
    List<String> asTargets = body.texts("target_namespaces");
    if (asMade != null && asTargets != null) {
      throw new Refusal.InvalidRequest(
          "target_namespaces", "send 'namespaces' or 'target_namespaces', not both");
    }
    return asMade == null ? asTargets : asMade;
  }

  private CompletionStage<Answer> restoring(Call call) {
    return CompletableFuture.completedStage(
        Answer.ok(
            BackupJson.restore(
                backups.restoring(call.permit(), call.parameters().required("restore_id")))));
  }
}
