/**
 * A node's folder on a disk: the few operations on files that its durability rests on, behind one
 * interface so that tests can make each of them fail; small records that are there whole or not at
 * all; and the layout of the folder.
 */
@NullMarked
package io.mnemogrid.node.log.disk;

import org.jspecify.annotations.NullMarked;
