/**
 * Tests of values, made ready to be asked about many memories: they compare bytes with bytes, and
 * make no text and no number that a test does not need.
 *
 * <p>Everything here keeps scratch between two questions: one thread at a time.
 */
@NullMarked
package io.mnemogrid.node.grid.filter;

import org.jspecify.annotations.NullMarked;
