package io.mnemogrid.node.grid.shard;

import io.mnemogrid.node.model.Stamp;

/**
 * The vector of a memory for the space that is being filled.
 *
 * @param stamp of the memory that was embedded: for a newer one the vector is none
 * @param vector {@code float[dimension]} of that space
 */
public record Fill(String id, Stamp stamp, float[] vector) {}
