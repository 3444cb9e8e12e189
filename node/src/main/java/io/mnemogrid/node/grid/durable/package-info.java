/**
 * What of the grid outlives its processes: the form of changes in a node's log, how a node's files
 * become partitions again, and from whose files a cluster that stopped goes on. Knows no Hazelcast.
 */
@NullMarked
package io.mnemogrid.node.grid.durable;

import org.jspecify.annotations.NullMarked;
