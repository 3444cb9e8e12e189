/**
 * The partition service on Hazelcast: ownership, replication, migration, fan-out. With {@code app}
 * the only importer of {@code com.hazelcast}.
 */
@NullMarked
package io.mnemogrid.node.grid;

import org.jspecify.annotations.NullMarked;
