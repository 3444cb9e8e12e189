/**
 * An approximate nearest neighbour index whose vectors and graph live outside the heap.
 *
 * <p>This package is the whole public surface; the packages below it are its rooms.
 */
@NullMarked
package io.mnemogrid.vector;

import org.jspecify.annotations.NullMarked;
