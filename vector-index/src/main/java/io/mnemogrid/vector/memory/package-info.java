/**
 * Memory outside the heap: blocks cut from slabs under one limit, their exact account, and the gate
 * that says when a block or slot that searches may still see can be used again.
 *
 * <p>Blocks are addressed absolutely through {@link NativeMemory}: the rows of one index lie in
 * many blocks, and a segment object per access would cost more than the distance it fetches. Bounds
 * are checked where a slot becomes an address, lifetime by {@link ReadGate}.
 */
@NullMarked
package io.mnemogrid.vector.memory;

import org.jspecify.annotations.NullMarked;
