/**
 * Inner products of a query with rows outside the heap, one row or four at a time.
 *
 * <p>{@link ScalarKernel} says what is computed, {@code SimdKernel} computes the same with the
 * Vector API; {@link Kernels} picks one when it is first asked. Four rows at once pay because
 * fetching a row from memory costs ten times its arithmetic: the four fetches overlap.
 */
@NullMarked
package io.mnemogrid.vector.kernel;

import org.jspecify.annotations.NullMarked;
