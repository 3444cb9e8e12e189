/**
 * The namespaces and keys of the cluster: the authority's table and every member's replica of it,
 * with its lease. Knows versions and entries, not Hazelcast.
 */
@NullMarked
package io.mnemogrid.node.grid.registry;

import org.jspecify.annotations.NullMarked;
