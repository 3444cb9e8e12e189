/** Wiring: the order in which the parts of a node start and stop, and the program's entry. */
@NullMarked
package io.mnemogrid.node.app;

import org.jspecify.annotations.NullMarked;
