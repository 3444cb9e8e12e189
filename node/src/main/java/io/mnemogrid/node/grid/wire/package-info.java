/**
 * What members ask one another and answer, as it goes over the wire. Knows Hazelcast's streams and
 * what partitions hold, and nothing of who asks.
 */
@NullMarked
package io.mnemogrid.node.grid.wire;

import org.jspecify.annotations.NullMarked;
