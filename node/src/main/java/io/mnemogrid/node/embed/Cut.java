package io.mnemogrid.node.embed;

import java.util.List;

/**
 * A text as the model gets to read it.
 *
 * @param windows at least one, in the order of the text
 * @param whole whether each of its tokens is in one of them
 */
record Cut(List<Tokens> windows, boolean whole) {}
