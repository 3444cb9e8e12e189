package io.mnemogrid.node.backup;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be brought back.
 *
 * @param namespaces names of those of the backup's that are wanted; null for all
 * @param renamed new names of some of them, by the old ones
 * @param overwrite whether a namespace that is there gives way, with all that is in it
 */
public record RestoreWish(
    String backupId,
    @Nullable List<String> namespaces,
    Map<String, String> renamed,
    boolean overwrite) {}
