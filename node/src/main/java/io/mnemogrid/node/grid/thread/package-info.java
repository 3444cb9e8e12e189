/** The threads that work for partitions, and waiting and trying again without one. */
@NullMarked
package io.mnemogrid.node.grid.thread;

import org.jspecify.annotations.NullMarked;
