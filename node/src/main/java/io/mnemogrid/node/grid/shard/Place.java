package io.mnemogrid.node.grid.shard;

/**
 * Where a memory stands among those of its session.
 *
 * @param time as {@link MemoryRecord#time} has it
 */
public record Place(
    long namespaceUid, String session, long time, long createdAtMicros, String id) {}
