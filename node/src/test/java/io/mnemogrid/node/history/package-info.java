/**
 * What clients saw of a cluster, and whether it could have been so. Pure: knows no cluster and no
 * network.
 *
 * <p>An <em>operation</em> is what one client asked for, with the times at which it asked and had
 * its answer; a <em>key</em> is a thing that is written and read as a whole; a <em>fault</em> is
 * what is done to a member meanwhile.
 */
@NullMarked
package io.mnemogrid.node.history;

import org.jspecify.annotations.NullMarked;
