/**
 * The binary image of an index, for migration, checkpoint and restart: a header with its own
 * checksum, the sets of slots, rows and graph as they lie in memory, and a checksum of everything.
 *
 * <p>An image may be cut anywhere into chunks, and is written and read at the speed of copying.
 * Numbers are little endian. The bytes are specified by {@link
 * io.mnemogrid.vector.snapshot.ImageHeader} and {@link io.mnemogrid.vector.snapshot.ImageParts};
 * any change of theirs, or of the layouts of rows and nodes, is a new version.
 */
@NullMarked
package io.mnemogrid.vector.snapshot;

import org.jspecify.annotations.NullMarked;
