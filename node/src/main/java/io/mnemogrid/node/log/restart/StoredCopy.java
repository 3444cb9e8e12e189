package io.mnemogrid.node.log.restart;

import io.mnemogrid.node.model.Stamp;

/**
 * A copy of a partition that is on the disk.
 *
 * @param last the newest stamp in it
 * @param why it cannot be trusted, for people; {@code ""} if it can
 */
public record StoredCopy(int partition, Stamp last, Trust trust, String why) {}
