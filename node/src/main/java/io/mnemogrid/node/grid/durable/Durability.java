package io.mnemogrid.node.grid.durable;

import io.mnemogrid.node.log.LogSettings;
import io.mnemogrid.node.log.checkpoint.CheckpointSettings;
import io.mnemogrid.node.log.disk.DataFolder;
import java.util.concurrent.CompletableFuture;

/**
 * That a member keeps what it holds on its disk, and how.
 *
 * @param folder open, and closed by whoever opened it once the member is gone
 * @param acceptLoss whether the cluster starts though writes that were answered may be missing
 * @param beginsAnew completes with the reason when the member ends, and is to be started again with
 *     what it has on its disk
 */
public record Durability(
    DataFolder folder,
    LogSettings log,
    CheckpointSettings checkpoints,
    boolean acceptLoss,
    CompletableFuture<String> beginsAnew) {}
