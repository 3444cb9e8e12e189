/**
 * Vectors as rows outside the heap: how a row is laid out, encoded and scored, which slots hold
 * one, and the scan over them.
 *
 * <p>A <em>slot</em> is a dense number from zero; a <em>row</em> is the bytes of its vector. Scores
 * grow with similarity whatever the metric. One thread writes, any number read: a reader works on
 * an immutable {@link SlotSet} and an immutable {@link RowDirectory}, taken in that order.
 */
@NullMarked
package io.mnemogrid.vector.rows;

import org.jspecify.annotations.NullMarked;
