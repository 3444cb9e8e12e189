/** Reading shards wherever they are, and recalls over them. */
@NullMarked
package io.mnemogrid.node.grid.read;

import org.jspecify.annotations.NullMarked;
