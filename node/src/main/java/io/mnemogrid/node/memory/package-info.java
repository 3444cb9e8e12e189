/** The use cases (store, recall, update, forget, …) and the ports they need. */
@NullMarked
package io.mnemogrid.node.memory;

import org.jspecify.annotations.NullMarked;
