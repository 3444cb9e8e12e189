/** What a node finds on its disk when it starts: the checkpoints, and the log from there on. */
@NullMarked
package io.mnemogrid.node.log.restart;

import org.jspecify.annotations.NullMarked;
