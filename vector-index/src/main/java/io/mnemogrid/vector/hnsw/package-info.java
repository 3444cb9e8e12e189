/**
 * A hierarchical navigable small world over rows outside the heap (Malkov and Yashunin, 2018).
 *
 * <table>
 * <caption>Our words and the paper's</caption>
 * <tr><th>here</th><th>there</th></tr>
 * <tr><td>{@link io.mnemogrid.vector.hnsw.Links}, ground and upper</td><td>layer 0; layers above</td></tr>
 * <tr><td>degree</td><td>M (upper layers), Mmax0 = 2M (ground)</td></tr>
 * <tr><td>build width</td><td>efConstruction</td></tr>
 * <tr><td>search width</td><td>ef</td></tr>
 * <tr><td>{@link io.mnemogrid.vector.hnsw.LayerWalk}</td><td>algorithms 2 and 5</td></tr>
 * <tr><td>{@link io.mnemogrid.vector.hnsw.NodeInsert}</td><td>algorithm 1</td></tr>
 * <tr><td>{@link io.mnemogrid.vector.hnsw.NeighborChoice}</td><td>algorithm 4</td></tr>
 * <tr><td>{@link io.mnemogrid.vector.hnsw.Backbone}, {@link io.mnemogrid.vector.hnsw.Sweep}</td>
 * <td>not there: reachability as an invariant, and deletion</td></tr>
 * </table>
 *
 * <p>One maintainer changes the graph while any number of threads walk it without locks. A new
 * node's lists are written before the first link to it is published (release and acquire), and
 * every entry of a list, old or new, names a node whose row is valid while the walker's ticket
 * lasts. A deleted node stays walkable until a sweep has taken every link to it away.
 */
@NullMarked
package io.mnemogrid.vector.hnsw;

import org.jspecify.annotations.NullMarked;
