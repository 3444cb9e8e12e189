package io.mnemogrid.vector;

import java.util.function.IntPredicate;

/**
 * Says which slots a search may return. Asked on the searching thread, perhaps more than once a
 * slot, only for slots that hold a vector in the search's view.
 */
@FunctionalInterface
public interface SlotFilter extends IntPredicate {}
