/**
 * Nodes for tests of the HTTP interface: {@link io.mnemogrid.node.testing.NodeUnderTest#start} is
 * the one place that chooses what stands behind it.
 */
@NullMarked
package io.mnemogrid.node.testing;

import org.jspecify.annotations.NullMarked;
