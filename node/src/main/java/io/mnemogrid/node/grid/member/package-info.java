/**
 * A member of the grid: the partition service with what it keeps of each partition, its copy of the
 * registry, its log, its way into the cluster and back after a split, and what it does by itself.
 */
@NullMarked
package io.mnemogrid.node.grid.member;

import org.jspecify.annotations.NullMarked;
