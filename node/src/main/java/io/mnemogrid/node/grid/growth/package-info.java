/** Namespaces that are split into more shards, or moved to another model, while they are used. */
@NullMarked
package io.mnemogrid.node.grid.growth;

import org.jspecify.annotations.NullMarked;
