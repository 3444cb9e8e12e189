/**
 * Checkpoints: the image of a partition in a file, so that the log before it is not needed any
 * more.
 */
@NullMarked
package io.mnemogrid.node.log.checkpoint;

import org.jspecify.annotations.NullMarked;
