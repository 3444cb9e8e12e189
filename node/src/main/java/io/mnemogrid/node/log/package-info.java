/**
 * The write-ahead log of a node: one stream of frames, in segments, that every change of a
 * partition on this node is in before it is acknowledged.
 *
 * <p>A <em>frame</em> is a change of a partition, or the begin or end of a copy of it. The frames
 * of a partition on a node are numbered: its <em>ordinals</em>, without gaps, so that a reader
 * knows whether something is missing and whose it was. A <em>segment</em> is a file of a fixed
 * size; it says where the log ended when it was begun, so that what was written after that end and
 * lost is not taken for a part of it.
 *
 * <p>One thread writes, so appending never blocks. A log that fails once has failed for good: what
 * the operating system made of a failed write or sync is unknown, and so nothing is ever written
 * after it.
 *
 * <p>The log knows bytes and stamps. What they mean is the grid's.
 */
@NullMarked
package io.mnemogrid.node.log;

import org.jspecify.annotations.NullMarked;
